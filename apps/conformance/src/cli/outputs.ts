import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatHtml } from '../print/html/page.ts';
import { formatJson } from '../print/json.ts';
import { formatJunit } from '../print/junit.ts';
import { formatTap } from '../print/tap.ts';
import type { RunReport } from '../run-report.ts';
import type { RunFlags } from './run-options.ts';
import { UsageError } from './usage-error.ts';

type Format = (report: RunReport) => string;

export interface Outputs {
  /** For standard output; none: text for people. */
  readonly printed?: Format;
  readonly files: readonly { readonly path: string; readonly format: Format }[];
}

/** Where a run is written to. Throws UsageError for two on one standard output, or a file that cannot be written. */
export async function outputsOf(
  flags: Pick<RunFlags, 'json' | 'tap' | 'junit' | 'html' | 'verbose'>,
): Promise<Outputs> {
  const chosen = [
    ...(flags.json ? [['--json', formatJson] as const] : []),
    ...(flags.tap ? [['--tap', formatTap] as const] : []),
    ...(flags.junit === true ? [['--junit without a file', formatJunit] as const] : []),
  ];
  const names = [...chosen.map(([name]) => name), ...(flags.verbose ? ['--verbose'] : [])];
  if (names.length > 1) {
    throw new UsageError(
      `${names.join(' and ')}: give one of them; each is all of standard output`,
    );
  }
  const files = [
    ...(typeof flags.junit === 'string' ? [{ path: flags.junit, format: formatJunit }] : []),
    ...(flags.html === undefined ? [] : [{ path: flags.html, format: formatHtml }]),
  ];
  for (const { path } of files) await requireWritable(path);
  return { ...(chosen[0] && { printed: chosen[0][1] }), files };
}

async function requireWritable(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK).catch(() => {
    throw new UsageError(`${path}: the folder ${dirname(path)} cannot be written to; give another`);
  });
}

export async function writeFiles({ files }: Outputs, report: RunReport): Promise<void> {
  for (const { path, format } of files) await writeFile(path, format(report));
}
