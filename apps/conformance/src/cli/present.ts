import { isFailed } from '@vcn-cni/cni-conformance';
import { formatEnd } from '../print/pretty/end.ts';
import { createPaint } from '../print/pretty/palette.ts';
import type { RunReport } from '../run-report.ts';
import { type Outputs, writeFiles } from './outputs.ts';
import type { Streams } from './streams.ts';

/** Writes a report to where it was asked for; 1 where it fails, else 0. */
export async function present(
  report: RunReport,
  {
    outputs,
    streams: { stdout },
    verbose,
  }: { outputs: Outputs; streams: Streams; verbose: boolean },
): Promise<0 | 1> {
  await writeFiles(outputs, report);
  const paint = createPaint(stdout.isTTY === true && !process.env['NO_COLOR']);
  stdout.write(outputs.printed?.(report) ?? formatEnd(report, paint, { verbose }));
  return isFailed(report.cases, report.standard) ? 1 : 0;
}
