import { existsSync, readFileSync } from 'node:fs';
import type { Tally } from './tally.ts';

/** What the tests came to, as the reporter writes it for the run that started vitest. */
export interface Outcomes extends Tally {
  readonly skips: readonly { readonly test: string; readonly reason: string }[];
}

/** A vitest that left no file never came to its end: that is one failure. */
export function readOutcomes(file: string): Outcomes {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, skips: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as Outcomes;
}
