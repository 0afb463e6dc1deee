import { isFailed, type Summary, summarise, type Verdict } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../../run-report.ts';
import { escapeMarkup } from '../escape-markup.ts';
import { byLevel, bySection, type Group } from '../groups.ts';
import { subjectText } from '../subject-text.ts';
import { caseHtml } from './case-html.ts';
import { hiding, style } from './style.ts';

const verdicts: readonly Verdict[] = ['fail', 'deviation', 'flake', 'skip', 'pass'];

/** One page that needs nothing else: summary, cases with their evidence, a filter by verdict. */
export function formatHtml(report: RunReport): string {
  const title = escapeMarkup(`Conformance of ${subjectText(report)}`);
  const sections = bySection(report.cases);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}${hiding(verdicts)}
</style>
</head>
<body>
<h1>${title}</h1>
${headHtml(report)}
${summaryHtml(report.cases)}
<div class="filters">${filtersHtml(summarise(report.cases))}</div>
${sections.map((section) => sectionHtml(section, report)).join('\n')}
</body>
</html>
`;
}

function headHtml({ cases, planned, standard, durationMs, subject, limits }: RunReport): string {
  const failed = isFailed(cases, standard);
  const outcome = failed ? 'Failed' : 'Conforms';
  const missing =
    planned > cases.length ? ` Interrupted: ${planned - cases.length} not tried.` : '';
  const whom =
    subject.kind === 'plugin'
      ? `${subject.bin}; lists ${subject.supportedVersions.join(', ') || 'no versions'}`
      : Object.entries(subject.commands)
          .map(([operation, line]) => `${operation}: ${line}`)
          .join('\n');
  return `<p><strong class="of-${failed ? 'fail' : 'pass'}">${outcome} at level ${standard.level}.</strong> ${cases.length} cases in ${(durationMs / 1000).toFixed(1)} s.${missing}</p>
<p class="soft"><code>${escapeMarkup(whom).replaceAll('\n', '<br>')}</code></p>
${limits.map((limit) => `<p class="soft">${escapeMarkup(limit)}</p>`).join('\n')}`;
}

function summaryHtml(cases: readonly TriedCase[]): string {
  const body = (groups: readonly Group<TriedCase>[]) =>
    `<tbody>${groups.map(({ name, summary }) => `<tr><th scope="row">${escapeMarkup(name)}</th>${cellsHtml(summary)}</tr>`).join('\n')}</tbody>`;
  return `<div class="scroll"><table>
<thead><tr><th></th>${verdicts.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead>
${body(byLevel(cases))}
${body(bySection(cases))}
</table></div>`;
}

const cellsHtml = (summary: Summary): string =>
  verdicts
    .map((each) => `<td${summary[each] ? ` class="of-${each}"` : ''}>${summary[each] || '·'}</td>`)
    .join('');

const filtersHtml = (summary: Summary): string =>
  verdicts
    .map(
      (each) =>
        `<label class="of-${each}"><input type="checkbox" id="show-${each}" checked> ${each} ${summary[each]}</label>`,
    )
    .join('');

const sectionHtml = ({ name, cases }: Group<TriedCase>, report: RunReport): string =>
  `<section class="cases"><h2>${escapeMarkup(name)}</h2>
${cases.map((each) => caseHtml(each, report)).join('\n')}
</section>`;
