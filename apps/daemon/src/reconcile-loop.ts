import type { ReconcileOptions, ReconcileReport } from '@vcn-cni/attachment';
import type { Fights } from './drift/fights.ts';
import type { Log } from './log/log.ts';

/** A burst of announcements is one reason to look. */
const settleMs = 200;

/** While others change things all the time, looks are so far apart; a repair still comes within two seconds. */
const restMs = 1_000;

export interface ReconcileLoop extends AsyncDisposable {
  /** Something of ours was changed by others: look soon. */
  soon(): void;
  /** There is more or less to make than before: make it. */
  now(): void;
}

export interface ReconcileDeps {
  reconcile(options: ReconcileOptions): Promise<ReconcileReport>;
  /** What that would do; undefined: it is not known yet. */
  changes(): Promise<ReconcileReport | undefined>;
  /** `report`: what others changed is told, not repaired. */
  repair: 'auto' | 'report';
  fights: Fights;
  /** Who may be behind a change. */
  suspects(change: string): Promise<string[]>;
  log: Log;
  observe(repairs: number): void;
}

/** Makes the kernel as planned, now and then and when told, one run at a time. */
export function startReconcileLoop(deps: ReconcileDeps, intervalMs: number): ReconcileLoop {
  const { reconcile, changes, repair, fights, suspects, log, observe } = deps;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let planned = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  const run = async () => {
    const expected = planned;
    planned = false;
    try {
      if (expected) log.info(await reconcile({}), 'the host fits its VNICs');
      else if (repair === 'auto')
        await tellRepairs((await reconcile({ skip: fights.skip })).changes);
      else tellDrift((await changes())?.changes ?? []);
    } catch (error) {
      log.error({ err: error }, 'reconcile failed');
    }
    running = undefined;
    endedAt = performance.now();
    schedule(Math.min(intervalMs, fights.nextInMs() ?? intervalMs));
  };
  const tellDrift = (found: readonly string[]) => {
    if (found.length > 0) log.warn({ changes: found }, 'the host differs; it is not repaired');
  };
  const tellRepairs = async (made: readonly string[]) => {
    observe(made.length);
    if (made.length === 0) return;
    log.warn({ changes: made }, 'reconcile repaired the host');
    for (const { change, times } of fights.made(made)) {
      const fields = { change, times, suspects: await suspects(change) };
      log.error(fields, 'a repair is undone again and again, and is left for a while');
    }
  };
  const schedule = (ms: number) => {
    const at = performance.now() + ms;
    if (stopped || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      due = Number.POSITIVE_INFINITY;
      running = (running ?? Promise.resolve()).then(run);
    }, ms).unref();
  };
  schedule(intervalMs);
  return {
    soon: () => schedule(Math.max(settleMs, endedAt + restMs - performance.now())),
    now() {
      planned = true;
      schedule(0);
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
