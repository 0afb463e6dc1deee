import { setTimeout as sleep } from 'node:timers/promises';
import {
  findRequirement,
  type Opened,
  type PluginCase,
  requirementOf,
  runAll,
  runCase,
} from '@vcn-cni/cni-conformance';
import { type CniVersion, compareVersions } from '@vcn-cni/cni-spec';
import type { TriedCase } from '../run-report.ts';

type Described = Pick<PluginCase, 'id' | 'title' | 'level' | 'since' | 'does' | 'expects'>;

/** A case over a harness, for plugins or for runtimes. */
export interface CaseOn<Harness> extends Described {
  readonly run: (on: Harness) => Promise<void>;
}

export interface TryOptions<Harness> {
  readonly version: CniVersion;
  /** At most so many at once. */
  readonly jobs: number;
  readonly open: () => Promise<Opened<Harness>>;
  /** Ends it: sandboxes are closed, and what is done so far is all there will be. */
  readonly signal: AbortSignal;
  /** As they come. */
  readonly onCase: (tried: TriedCase) => void;
}

/** At most so long is waited for sandboxes to close after an interrupt; they end with this process anyway. */
const closingMs = 5_000;

/** Tries each; their reports, in the order of the cases. */
export async function tryCases<Harness>(
  cases: readonly CaseOn<Harness>[],
  options: TryOptions<Harness>,
): Promise<TriedCase[]> {
  const { version, jobs, signal, onCase } = options;
  const opened = new Set<AsyncDisposable>();
  const open = async (): Promise<Opened<Harness>> => {
    signal.throwIfAborted();
    const one = await options.open();
    opened.add(one);
    const { harness, evidence } = one;
    const close = async () => {
      if (opened.delete(one)) await one[Symbol.asyncDispose]();
    };
    return { harness, evidence, [Symbol.asyncDispose]: close };
  };
  const runs = runAll(cases, jobs, async (each): Promise<TriedCase> => {
    const report = skippedForVersion(each, version) ?? (await runCase(each, open));
    return { ...report, does: each.does, expects: each.expects };
  });
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const done: TriedCase[] = [];
  while (!signal.aborted) {
    const next = await Promise.race([runs.next(), aborted]);
    if (!next || next.done || signal.aborted) break;
    done.push(next.value);
    onCase(next.value);
  }
  const closing = [...opened].map((one) => one[Symbol.asyncDispose]());
  await Promise.race([Promise.allSettled(closing), sleep(closingMs, undefined, { ref: false })]);
  const order = new Map(cases.map(({ id }, index) => [id, index]));
  return done.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
}

function skippedForVersion(
  each: Described,
  version: CniVersion,
): Omit<TriedCase, 'does' | 'expects'> | undefined {
  const requirement = findRequirement(requirementOf(each));
  const since = each.since ?? requirement.since;
  if (compareVersions(since, version) <= 0) return undefined;
  return {
    ...{ id: each.id, title: each.title, verdict: 'skip', evidence: [], durationMs: 0 },
    level: each.level ?? requirement.level,
    section: requirement.section,
    reason: `asked of ${since} and newer; this is tried at ${version}`,
  };
}
