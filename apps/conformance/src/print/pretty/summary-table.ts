import type { Verdict } from '@vcn-cni/cni-conformance';
import type { TriedCase } from '../../run-report.ts';
import { byLevel, bySection, type Group } from '../groups.ts';

const verdicts: readonly Verdict[] = ['pass', 'fail', 'deviation', 'skip', 'flake'];

/** How many of each verdict, by level and by section. */
export function summaryTable(cases: readonly TriedCase[]): string[] {
  const rows = [...byLevel(cases), ...bySection(cases)];
  const width = Math.max(5, ...rows.map(({ name }) => name.length));
  const line = (name: string, cells: readonly string[]) =>
    [name.padEnd(width), ...cells.map((cell, at) => cell.padStart(verdicts[at]!.length))]
      .join('  ')
      .trimEnd();
  const rowOf = ({ name, summary }: Group<TriedCase>) =>
    line(
      name,
      verdicts.map((each) => String(summary[each] || '.')),
    );
  return [line('', verdicts), ...byLevel(cases).map(rowOf), '', ...bySection(cases).map(rowOf)];
}
