import { weigh } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../run-report.ts';
import { evidenceText } from './evidence-text.ts';
import { explanation } from './explanation.ts';
import { subjectText } from './subject-text.ts';
import { weightText } from './weight-text.ts';

/**
 * TAP 14. `not ok` without a directive is what makes the run fail; what is wrong and does not count is todo, with the
 * reason.
 */
export function formatTap(report: RunReport): string {
  const { cases, planned } = report;
  const lines = [
    'TAP version 14',
    `1..${planned}`,
    `# ${subjectText(report)}`,
    ...report.limits.map((limit) => `# ${limit}`),
    ...cases.flatMap((each, index) => [
      `${point(each, report, index + 1)}`,
      ...(each.verdict === 'pass' && weigh(each, report.standard) === 'none'
        ? []
        : diagnostics(each, report)),
    ]),
    ...(cases.length < planned ? ['Bail out! interrupted'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function point(each: TriedCase, { standard }: RunReport, number: number): string {
  const failed = ['failure', 'unexpected-pass'].includes(weigh(each, standard));
  const isOk = !failed && (each.verdict === 'pass' || each.verdict === 'skip');
  const line = `${isOk ? 'ok' : 'not ok'} ${number} - ${escaped(`${each.id} ${each.title}`)}`;
  if (each.verdict === 'skip') return `${line} # skip ${oneLine(each.reason ?? '')}`;
  if (isOk || failed) return line;
  return `${line} # todo ${oneLine(weightText(each, standard) || each.verdict)}`;
}

function diagnostics(each: TriedCase, { standard }: RunReport): string[] {
  const fields = [
    ['verdict', each.verdict],
    ['level', each.level],
    ['section', each.section],
    ['weight', weightText(each, standard)],
    ['finding', each.finding?.key ?? ''],
    ['message', explanation(each)],
    ['evidence', evidenceText(each.evidence)],
  ].filter((entry): entry is [string, string] => entry[1] !== '');
  return [
    '  ---',
    ...fields.map(([name, value]) => `  ${name}: ${yamlText(value)}`),
    `  duration_ms: ${each.durationMs}`,
    '  ...',
  ];
}

/** A JSON string is one of YAML; a text of several lines is easier to read as a block. */
function yamlText(text: string): string {
  const isBlock = text.includes('\n') && /^[\t\n\x20-\x7e\u00a0-\ud7ff]*$/.test(text);
  if (!isBlock) return JSON.stringify(text);
  const lines = text.trimEnd().split('\n');
  return ['|2-', ...lines.map((line) => (line === '' ? '' : `    ${line}`))].join('\n');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('#', '\\#');
