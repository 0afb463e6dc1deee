import { type RuntimeUnderTest, runtimeCases } from '@vcn-cni/cni-conformance';
import { openRuntime } from '@vcn-cni/cni-conformance/harness';
import { probeLimits } from '../conduct/probe-limits.ts';
import { noHints, parseHints } from '../input/parse-hints.ts';
import { readText } from '../input/read-text.ts';
import { enterUserNamespace } from '../namespace/enter-user-namespace.ts';
import { conduct, type Plan } from './conduct.ts';
import { outputsOf } from './outputs.ts';
import type { RunFlags } from './run-options.ts';
import { selected } from './selected.ts';
import { standardOf } from './standard.ts';
import type { Streams } from './streams.ts';
import { UsageError } from './usage-error.ts';

export interface RuntimeFlags {
  readonly add: string;
  readonly del: string;
  readonly check?: string;
  readonly gc?: string;
  readonly status?: string;
  readonly hints?: string;
}

/** `cni-conformance runtime`: the exit code. Throws UsageError. */
export async function runtimeCommand(
  flags: RuntimeFlags & RunFlags,
  { streams, again }: { streams: Streams; again: Plan['again'] },
): Promise<number> {
  const { add, del, check, gc, status, spec, jobs, verbose } = flags;
  const outputs = await outputsOf(flags);
  const standard = await standardOf(flags);
  const cases = selected(runtimeCases, flags);
  const hints =
    flags.hints === undefined
      ? noHints()
      : parseHints(await readText('--hints', flags.hints), flags.hints);
  const commands = {
    ...{ add, del },
    ...(check !== undefined && { check }),
    ...(gc !== undefined && { gc }),
    ...(status !== undefined && { status }),
  };
  enterUserNamespace();
  const limits = await probeLimits();
  const runtime = { commands, folder: process.cwd(), hints };
  await using run = await open(runtime, spec);
  return conduct({
    cases,
    plan: {
      ...{ standard, again, limits, spec: run.version },
      subject: { kind: 'runtime', commands },
    },
    ...{ outputs, verbose, streams, jobs, open: () => run.open() },
  });
}

async function open(runtime: RuntimeUnderTest, spec: RunFlags['spec']) {
  try {
    return await openRuntime(runtime, spec ? { version: spec } : {});
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
