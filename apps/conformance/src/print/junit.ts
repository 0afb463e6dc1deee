import { weigh } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../run-report.ts';
import { escapeMarkup } from './escape-markup.ts';
import { evidenceText } from './evidence-text.ts';
import { explanation } from './explanation.ts';
import { bySection, type Group } from './groups.ts';
import { subjectText } from './subject-text.ts';
import { weightText } from './weight-text.ts';

/**
 * JUnit's XML, a testsuite a section. `failure` is what makes the run fail; what is wrong and does not count, and a
 * skip, is `skipped` with the reason.
 */
export function formatJunit(report: RunReport): string {
  const suites = bySection(report.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: subjectText(report), ...counts(report.cases, report) })}>`,
    ...suites.flatMap((suite) => suiteLines(suite, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

const suiteLines = ({ name, cases }: Group<TriedCase>, report: RunReport): string[] => [
  `  <testsuite${attributes({ name, ...counts(cases, report) })}>`,
  ...cases.flatMap((each) => caseLines(each, report)),
  '  </testsuite>',
];

function caseLines(each: TriedCase, report: RunReport): string[] {
  const classname = report.subject.kind === 'plugin' ? report.subject.type : 'runtime';
  const open = `    <testcase${attributes({
    ...{ name: `${each.id} ${each.title}`, classname: `${classname}.${each.level}` },
    time: seconds(each.durationMs),
  })}>`;
  const evidence = evidenceText(each.evidence);
  return [
    open,
    ...outcomeLines(each, report),
    ...(evidence === '' ? [] : [`      <system-out>${escapeMarkup(evidence)}</system-out>`]),
    '    </testcase>',
  ];
}

function outcomeLines(each: TriedCase, { standard }: RunReport): string[] {
  const text = [weightText(each, standard), explanation(each)].filter((part) => part !== '');
  const message = text.join('\n').split('\n', 1)[0]!;
  if (isFailure(each, standard)) {
    const type = each.finding?.key ?? 'unexpected-pass';
    return [
      `      <failure${attributes({ message, type })}>${escapeMarkup(text.join('\n'))}</failure>`,
    ];
  }
  if (each.verdict === 'pass') return [];
  return [`      <skipped${attributes({ message: `${each.verdict}: ${message}` })}/>`];
}

const isFailure = (each: TriedCase, standard: RunReport['standard']): boolean =>
  ['failure', 'unexpected-pass'].includes(weigh(each, standard));

function counts(cases: readonly TriedCase[], { standard }: RunReport) {
  const failures = cases.filter((each) => isFailure(each, standard));
  const others = cases.filter((each) => each.verdict !== 'pass' && !failures.includes(each));
  return {
    ...{ tests: cases.length, failures: failures.length, errors: 0, skipped: others.length },
    time: seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
