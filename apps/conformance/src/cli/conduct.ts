import { watchInterrupts } from '../conduct/interrupt.ts';
import { type CaseOn, type TryOptions, tryCases } from '../conduct/try-cases.ts';
import { createPaint } from '../print/pretty/palette.ts';
import { createProgress } from '../print/pretty/progress.ts';
import type { RunReport } from '../run-report.ts';
import type { Outputs } from './outputs.ts';
import { present } from './present.ts';
import type { Streams } from './streams.ts';

/** What is known of a run before its first case. */
export type Plan = Omit<RunReport, 'cases' | 'planned' | 'durationMs'>;

export interface ConductOptions<Harness> extends Pick<TryOptions<Harness>, 'jobs' | 'open'> {
  readonly cases: readonly CaseOn<Harness>[];
  readonly plan: Plan;
  readonly outputs: Outputs;
  readonly verbose: boolean;
  readonly streams: Streams;
}

/** Tries the cases, prints, and gives the exit code: that of an interrupt, if there was one. */
export async function conduct<Harness>(options: ConductOptions<Harness>): Promise<number> {
  const { cases, plan, outputs, verbose, streams, jobs, open } = options;
  using interrupt = watchInterrupts();
  const began = performance.now();
  const { stdout, stderr } = streams;
  // Standard output is a document's alone: there is progress beside it only for a person who looks on.
  const shown = outputs.printed ? stderr : stdout;
  const paint = createPaint(shown.isTTY === true && !process.env['NO_COLOR']);
  const progress =
    outputs.printed && !stderr.isTTY
      ? undefined
      : createProgress({
          ...plan,
          ...{ planned: cases.length, paint, write: (text) => void shown.write(text) },
          ...(shown.isTTY && { columns: shown.columns || 80 }),
        });
  const done = await tryCases(cases, {
    ...{ version: plan.spec, jobs, open, signal: interrupt.signal },
    onCase: (tried) => progress?.onCase(tried),
  });
  progress?.end();
  const durationMs = Math.round(performance.now() - began);
  const report: RunReport = { ...plan, cases: done, planned: cases.length, durationMs };
  const code = await present(report, { outputs, streams, verbose });
  return interrupt.exitCode() ?? code;
}
