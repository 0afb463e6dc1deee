import type { Level } from '../requirements/requirement.ts';
import type { CaseReport } from './report.ts';

export interface Standard {
  /** Failures of this level and above count. */
  readonly level: Level;
  /** Ids of cases whose failure does not count, and whose pass does. */
  readonly expectedFailures: ReadonlySet<string>;
}

/** What a report is worth: the first two make a run fail. */
export type Weight = 'failure' | 'unexpected-pass' | 'expected-failure' | 'below-level' | 'none';

const ranks: readonly Level[] = ['MAY', 'SHOULD', 'MUST'];

export function weigh(
  { id, verdict, level }: Pick<CaseReport, 'id' | 'verdict' | 'level'>,
  standard: Standard,
): Weight {
  const expected = standard.expectedFailures.has(id);
  if (verdict === 'pass') return expected ? 'unexpected-pass' : 'none';
  if (verdict !== 'fail') return 'none';
  if (expected) return 'expected-failure';
  return ranks.indexOf(level) >= ranks.indexOf(standard.level) ? 'failure' : 'below-level';
}

/** Whether a run is to end in failure. */
export const isFailed = (
  reports: readonly Pick<CaseReport, 'id' | 'verdict' | 'level'>[],
  standard: Standard,
): boolean =>
  reports.some((each) => ['failure', 'unexpected-pass'].includes(weigh(each, standard)));
