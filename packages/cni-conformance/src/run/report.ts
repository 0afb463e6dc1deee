import type { Evidence } from '../evidence.ts';
import type { Level } from '../requirements/requirement.ts';
import type { Deviation } from './deviation.ts';

/**
 * `deviation`: wrong by the text, and so in all of the field. `flake`: wrong, and right when it was tried again;
 * it is not a pass.
 */
export type Verdict = 'pass' | 'fail' | 'deviation' | 'skip' | 'flake';

export interface CaseReport {
  readonly id: string;
  readonly level: Level;
  readonly section: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was found, of a fail, a deviation or a flake. */
  readonly finding?: { readonly key: string; readonly message: string };
  readonly deviation?: Deviation;
  /** Of a skip. */
  readonly reason?: string;
  readonly evidence: readonly Evidence[];
  readonly durationMs: number;
}

export type Summary = Readonly<Record<Verdict, number>>;

export function summarise(reports: readonly CaseReport[]): Summary {
  const summary = { pass: 0, fail: 0, deviation: 0, skip: 0, flake: 0 };
  for (const { verdict } of reports) summary[verdict]++;
  return summary;
}
