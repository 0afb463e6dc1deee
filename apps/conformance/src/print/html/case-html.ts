import { requirementOf, weigh } from '@vcn-cni/cni-conformance';
import { specUrl } from '../../explain/spec-url.ts';
import type { RunReport, TriedCase } from '../../run-report.ts';
import { escapeMarkup } from '../escape-markup.ts';
import { evidenceText } from '../evidence-text.ts';
import { weightText } from '../weight-text.ts';

/** A case that opens to what was done, expected and found, and the evidence. */
export function caseHtml(each: TriedCase, report: RunReport): string {
  const weight = weigh(each, report.standard);
  const counts = weight === 'failure' || weight === 'unexpected-pass';
  const classes = [each.verdict, ...(each.verdict === 'fail' && !counts ? ['uncounted'] : [])];
  return `<details class="${classes.join(' ')}" id="${escapeMarkup(each.id)}"${counts ? ' open' : ''}>
<summary><span class="verdict">${each.verdict}</span><span class="level">${each.level}</span><code>${escapeMarkup(each.id)}</code><span class="title">${escapeMarkup(each.title)}</span><span class="soft">${each.durationMs} ms</span></summary>
<div class="body"><dl><dt>requirement</dt><dd>${requirementHtml(each)}</dd>${rows(each, report).map(rowHtml).join('')}</dl>${evidenceHtml(each)}</div>
</details>`;
}

function rows(each: TriedCase, { standard }: RunReport): (readonly [string, string])[] {
  return [
    ['done', each.does],
    ['expected', each.expects],
    ['found', each.finding?.message ?? ''],
    ['counts', weightText(each, standard)],
    ['skipped', each.reason ?? ''],
    ['deviation', each.deviation ? `${each.deviation.who}: ${each.deviation.why}` : ''],
    ['references', each.deviation?.references.join('\n') ?? ''],
  ];
}

const requirementHtml = (each: TriedCase): string =>
  `${escapeMarkup(requirementOf(each))}, <a href="${specUrl(each.section)}">${escapeMarkup(each.section)}</a>`;

const rowHtml = ([name, text]: readonly [string, string]): string => {
  if (text === '') return '';
  const value = escapeMarkup(text).replaceAll(
    /https:\/\/[^\s<)]+/g,
    (url) => `<a href="${url}">${url}</a>`,
  );
  return `<dt>${name}</dt><dd>${value}</dd>`;
};

const evidenceHtml = ({ evidence }: TriedCase): string =>
  evidence.length === 0 ? '' : `<pre>${escapeMarkup(evidenceText(evidence))}</pre>`;
