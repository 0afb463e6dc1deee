import type { TriedCase } from '../../run-report.ts';

/** Skipped cases by their reason, in the order in which the reasons come. */
export function skipLines(cases: readonly TriedCase[]): string[] {
  const byReason = Map.groupBy(
    cases.filter(({ verdict }) => verdict === 'skip'),
    ({ reason }) => reason ?? '',
  );
  return [...byReason].flatMap(([reason, own]) => [
    `  ${reason}`,
    `    ${own.map(({ id }) => id).join(', ')}`,
  ]);
}
