import { parseExpectedFailures, type Standard } from '@vcn-cni/cni-conformance';
import { everyCase } from '../explain/case-index.ts';
import { readText } from '../input/read-text.ts';
import type { RunFlags } from './run-options.ts';
import { UsageError } from './usage-error.ts';

/** What is held against whom. Throws UsageError for a list that names no case. */
export async function standardOf({
  level,
  expectedFailures: file,
}: Pick<RunFlags, 'level' | 'expectedFailures'>): Promise<Standard> {
  if (file === undefined) return { level, expectedFailures: new Set() };
  const text = await readText('--expected-failures', file);
  try {
    const known = new Set(everyCase.map(({ id }) => id));
    return { level, expectedFailures: parseExpectedFailures(text, known) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `--expected-failures ${file}: ${error.message}; \`cni-conformance list\` names them`,
    );
  }
}
