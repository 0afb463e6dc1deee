import { isFailed, summarise, weigh } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../../run-report.ts';
import { evidenceText } from '../evidence-text.ts';
import { explanation } from '../explanation.ts';
import { weightText } from '../weight-text.ts';
import { caseLine } from './case-line.ts';
import type { Paint } from './palette.ts';
import { skipLines } from './skip-lines.ts';
import { summaryTable } from './summary-table.ts';

/** What a person reads when all is done. The most important stands last. */
export function formatEnd(report: RunReport, paint: Paint, { verbose = false } = {}): string {
  const { cases, standard, limits } = report;
  const weightOf = (each: TriedCase) => weigh(each, standard);
  const block = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [paint('bold', title), ...lines, ''] : [];
  const details = (chosen: readonly TriedCase[]) =>
    chosen.flatMap((each) => caseDetails(each, report, paint));
  return [
    '',
    ...(verbose ? cases.flatMap((each) => evidenceLines(each, paint)) : []),
    ...block('Skipped', skipLines(cases)),
    ...block(
      'Left out here',
      limits.map((limit) => `  ${limit}`),
    ),
    ...block('Deviations: the field differs', details(cases.filter(isDeviation))),
    ...block('Flakes: wrong once, right when tried again', details(cases.filter(isFlake))),
    ...block(
      'Failures that do not count',
      details(cases.filter((each) => /expected-failure|below/.test(weightOf(each)))),
    ),
    ...block(
      'Unexpected passes',
      details(cases.filter((each) => weightOf(each) === 'unexpected-pass')),
    ),
    ...block('Failures', details(cases.filter((each) => weightOf(each) === 'failure'))),
    ...summaryTable(cases),
    '',
    lastLine(report, paint),
    '',
  ].join('\n');
}

const isDeviation = ({ verdict }: TriedCase): boolean => verdict === 'deviation';
const isFlake = ({ verdict }: TriedCase): boolean => verdict === 'flake';

function caseDetails(each: TriedCase, report: RunReport, paint: Paint): string[] {
  const weight = weightText(each, report.standard);
  const text = [each.section, ...(weight ? [weight] : []), ...explanation(each).split('\n')];
  return [
    `  ${caseLine(each, report, paint)}`,
    ...text.filter((line) => line !== '').map((line) => `    ${line}`),
    paint('dim', `    evidence: ${report.again(each.id)}`),
  ];
}

const evidenceLines = (each: TriedCase, paint: Paint): string[] => [
  paint('bold', `# ${each.id}: ${each.title}`),
  `# ${each.does}; expected: ${each.expects}`,
  ...explanation(each)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `# ${each.verdict}: ${line}`),
  evidenceText(each.evidence),
  '',
];

function lastLine({ cases, planned, standard, durationMs }: RunReport, paint: Paint): string {
  const said = Object.entries(summarise(cases))
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `, ${count} ${verdict}`)
    .join('');
  const count = cases.length === 1 ? '1 case' : `${cases.length} cases`;
  const text = `${count} in ${(durationMs / 1000).toFixed(1)} s${said}`;
  const at = `at --level ${standard.level}`;
  if (isFailed(cases, standard)) return `${text}; ${paint('red', `failed ${at}`)}`;
  const missing = planned - cases.length;
  if (missing > 0) return `${text}; ${paint('yellow', `interrupted: ${missing} were not tried`)}`;
  return `${text}; ${paint('green', `conforms ${at}`)}`;
}
