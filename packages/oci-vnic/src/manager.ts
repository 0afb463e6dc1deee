import { createCloudView } from './cloud-view.ts';
import { createGate } from './gate.ts';
import { createHolds } from './holds.ts';
import { type Journal, openJournal } from './journal.ts';
import type { Verdict } from './judge-failure.ts';
import type {
  CloudState,
  Step,
  VnicManager,
  VnicManagerDeps,
  VnicManagerSettings,
} from './manager-contract.ts';
import { observeCloud } from './observe.ts';
import { cloudOf, offeredBlocks } from './offered-blocks.ts';
import { isMoot, isThere } from './orders.ts';
import { create, type Performing, perform } from './perform.ts';
import { plan } from './plan.ts';
import type { Actual, Change, Operation, Wait } from './plan-model.ts';
import { runLanes } from './run-lanes.ts';
import { addHolds, isMoving, nextMoment } from './waits.ts';

/**
 * Makes a manager of the VNICs of one instance. It starts by reading the cloud; while that cannot be done, what an
 * earlier process was told is offered to the pool, and nothing is changed. Leases of that process must be in the pool
 * before the first step, for what nobody has may be given back.
 */
export function createVnicManager(
  settings: VnicManagerSettings,
): (deps: VnicManagerDeps) => VnicManager {
  const { instanceId, callsAtOnce = 4, observeEveryMs = 60_000, pollMs = 2_000 } = settings;
  const { settleMs = 30_000 } = settings;
  return ({ api, clock, records, pool, random = Math.random, failed = () => {} }) => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const now = (): number => clock.now();
    const view = createCloudView(now, settleMs);
    const holds = createHolds(now, random);
    const draining = new Set<string>();
    const subnets = settings.subnets.map(({ id }) => id);
    let opening: Promise<Journal> | undefined;
    let source: CloudState['source'] = 'none';
    let readAt = Number.NEGATIVE_INFINITY;
    let readAllAt = Number.NEGATIVE_INFINITY;
    let doubtful = false;
    let waits: readonly Wait[] = [];
    let turn: Promise<unknown> = Promise.resolve();

    const openOnce = (): Promise<Journal> => {
      opening ??= openJournal(records, instanceId, drawSeries(random));
      return opening;
    };
    const offer = (journal: Journal): void => {
      const closed = new Set([...draining, ...journal.leaving(), ...(journal.doubt()?.ids ?? [])]);
      pool.offer(offeredBlocks(view, instanceId, closed));
    };
    const nextFullRead = (journal: Journal): number =>
      Math.min(readAllAt + observeEveryMs, journal.doubt()?.until ?? Number.POSITIVE_INFINITY);
    const judge = (verdict: Verdict | undefined): boolean => {
      doubtful ||= verdict?.reread ?? false;
      return verdict === undefined;
    };
    const performing = (journal: Journal): Performing => ({
      instanceId,
      api,
      view,
      journal,
      holds,
      signal,
      failed,
    });
    const actual = (journal: Journal): Actual => ({
      now: now(),
      vnics: view.vnics(),
      assignments: view.assignments(),
      subnets: view.subnets(),
      usage: pool.usage(),
      draining,
      leaving: journal.leaving(),
      pending: journal.ordered(),
      holds: holds.active(),
      waits,
    });

    async function read(journal: Journal, asked: boolean): Promise<void> {
      const all = asked || source !== 'cloud';
      const known = source;
      const cloud = { instanceId, api, view, holds, subnets, signal };
      await observeCloud(cloud, all);
      // What was recalled meanwhile is mixed with what was read.
      if (source !== known) await observeCloud(cloud, true);
      readAt = now();
      if (all) settleDoubt(journal);
      source = 'cloud';
      if (all) {
        readAllAt = readAt;
        doubtful = false;
        for (const id of draining) if (view.isGone(id)) draining.delete(id);
        for (const id of journal.leaving()) draining.add(id);
      }
      holds.clearReads();
      offer(journal);
      await journal.remember(cloudOf(view, instanceId));
      // Only now: what is forgotten must not be in what is remembered, for that may be served again.
      if (all) await journal.forget([...journal.leaving()].filter((id) => view.isGone(id)));
    }

    /** After a full read: what was there before the records were is doubtful until it would be gone. */
    function settleDoubt(journal: Journal): void {
      const { until = 0 } = journal.doubt() ?? {};
      // Of another boot, whose clock was ahead of this one, it is over too.
      if (now() >= until || until > now() + settleMs) journal.setDoubt(undefined);
      if (journal.found || source === 'cloud') return;
      const { vnics, assignments } = cloudOf(view, instanceId);
      const ids = [...vnics, ...assignments].flatMap(({ id }) => id ?? []);
      if (ids.length > 0) journal.setDoubt({ ids, until: now() + settleMs });
    }

    /** Reads if it is time to, or if something is not known. */
    async function readIfDue(journal: Journal): Promise<void> {
      if (holds.closedUntil() !== undefined) return;
      const all = doubtful || now() >= nextFullRead(journal);
      const moving = waits.some(isMoving) && now() - readAt >= pollMs;
      if (!all && !moving) return;
      try {
        await read(journal, all);
      } catch (error) {
        holds.add(error);
        doubtful = true;
      }
    }

    function serveCache(journal: Journal): void {
      const cached = journal.cached();
      if (source !== 'none' || cached === undefined) return;
      view.listVnics(cached.vnics);
      for (const subnet of cached.subnets) view.putSubnet(subnet);
      for (const [vnicId, listed] of Map.groupBy(cached.assignments, ({ vnicId }) => vnicId))
        view.listAssignments(vnicId, listed);
      source = 'cache';
      offer(journal);
    }

    /** Orders whose answer was lost: found by their tag, or made again as the same request. */
    async function takeUp(journal: Journal): Promise<void> {
      for (const order of journal.ordered()) {
        if (isThere(order, view) || isMoot(order, view, journal.leaving())) {
          await journal.settle(order.token);
        } else if (!createGate(actual(journal))(order.change)) {
          judge(await create(order, performing(journal)));
          offer(journal);
        }
      }
    }

    /** Answers how much was done. */
    async function act(operations: readonly Operation[], journal: Journal): Promise<number> {
      const changes: Change[] = [];
      let done = 0;
      for (const operation of operations) {
        if (operation.op === 'wait') continue;
        if (operation.op === 'drain' || operation.op === 'undrain') {
          if (operation.op === 'drain') draining.add(operation.assignmentId);
          else draining.delete(operation.assignmentId);
          done += 1;
        } else changes.push(operation);
      }
      offer(journal);
      await runLanes(changes, laneOf, callsAtOnce, async (change) => {
        if (signal.aborted || createGate(actual(journal))(change)) return false;
        const succeeded = judge(await perform(change, performing(journal)));
        if (succeeded) done += 1;
        offer(journal);
        return succeeded;
      });
      await journal.remember(cloudOf(view, instanceId));
      return done;
    }

    async function stepOnce(): Promise<Step> {
      const journal = await openOnce();
      await readIfDue(journal);
      const closedFor = (): number => Math.max(0, (holds.closedUntil() ?? now()) - now());
      if (source !== 'cloud') {
        serveCache(journal);
        waits = addHolds(waits, holds.active(), now());
        return { operations: [], nextInMs: closedFor() };
      }
      await takeUp(journal);
      const operations = plan({ ...settings, addresses: pool.wanted() }, actual(journal));
      waits = [
        ...operations.filter((operation) => operation.op === 'wait'),
        ...doubts(journal.doubt()),
      ];
      const done = await act(operations, journal);
      waits = addHolds(waits, holds.active(), now());
      if (done > 0 || doubtful || holds.closedUntil() !== undefined)
        return { operations, nextInMs: closedFor() };
      const next = nextMoment(waits, now(), readAt + pollMs, nextFullRead(journal));
      return { operations, nextInMs: Math.max(0, next - now()) };
    }

    const doubts = (doubt: ReturnType<Journal['doubt']>): Wait[] => {
      if (!doubt) return [];
      const { until } = doubt;
      const since = until - settleMs;
      return [{ op: 'wait', cause: 'records-begun', subject: instanceId, since, until }];
    };

    function inTurn<T>(work: () => Promise<T>): Promise<T> {
      const result = turn.then(work);
      turn = result.catch(() => {});
      return result;
    }

    return {
      async recall() {
        serveCache(await openOnce());
      },
      observe: () => inTurn(async () => read(await openOnce(), true)),
      step: () => inTurn(stepOnce),
      waits: () => waits,
      state: () => ({
        source,
        vnics: view.vnics(),
        assignments: view.assignments(),
        subnets: view.subnets(),
      }),
      stop: () => stopping.abort(),
    };
  };
}

/** Changes on one VNIC go one after the other, attachments side by side. */
function laneOf(change: Change, index: number): string {
  return change.op === 'attach' ? `attach ${index}` : change.vnicId;
}

function drawSeries(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(random() * 36).toString(36)).join('');
}
