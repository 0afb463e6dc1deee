import type { Results } from './parse-results.ts';

type Tried = Results['cases'][number];

/** Several runs on one page: a line a plugin, a table of all that is not a pass, and the findings. */
export function resultsMarkdown(results: readonly Results[], made?: string): string {
  return [
    '# Results',
    '',
    ...(made === undefined ? [] : [made.trim(), '']),
    ...summary(results),
    '',
    '## Findings',
    '',
    'A case in **bold** failed at MUST, in plain type at SHOULD, in *italics* at MAY (information).',
    '',
    ...results.flatMap(findings),
    ...knownDeviations(results),
  ].join('\n');
}

function summary(results: readonly Results[]): string[] {
  const rows = results.map(({ name, plugin, spec, cases }) => {
    const failed = (level: Tried['level']) =>
      cases.filter((each) => each.verdict === 'fail' && each.level === level).length;
    const count = (verdict: Tried['verdict']) =>
      cases.filter((each) => each.verdict === verdict).length;
    return [
      ...[name, plugin?.role ?? 'runtime', spec, cases.length, count('pass')],
      ...[failed('MUST'), failed('SHOULD'), failed('MAY')],
      ...[count('deviation'), count('skip'), count('flake')],
    ];
  });
  return [
    '| tried | role | CNI | cases | pass | fail MUST | fail SHOULD | fail MAY | deviation | skip | flake |',
    '|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
}

function findings({ name, cases }: Results): string[] {
  const wrong = cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'flake');
  if (wrong.length === 0) return [];
  return [
    `### ${name}`,
    '',
    ...wrong.flatMap(({ id, level, verdict, title, finding }) => [
      `- ${marked(id, level)} ${title}${verdict === 'flake' ? ' (flake)' : ''}`,
      ...quote(finding?.message ?? ''),
    ]),
    '',
  ];
}

const marked = (id: string, level: Tried['level']): string =>
  ({ MUST: `**${id}**`, SHOULD: id, MAY: `*${id}*` })[level];

/** Of a message: the page tells what was found, the evidence is that of a run. */
const longest = { lines: 12, columns: 300 };

function quote(message: string): string[] {
  const lines = message.trimEnd().split('\n');
  const shown = lines
    .slice(0, longest.lines)
    .map((line) => (line.length > longest.columns ? `${line.slice(0, longest.columns)}…` : line));
  const left = lines.length - shown.length;
  const more = left > 0 ? [`… ${left} more lines`] : [];
  return ['', '  ```text', ...[...shown, ...more].map((line) => `  ${line}`), '  ```', ''];
}

function knownDeviations(results: readonly Results[]): string[] {
  const byId = new Map<string, { deviation: NonNullable<Tried['deviation']>; names: string[] }>();
  for (const { name, cases } of results) {
    for (const { id, deviation } of cases) {
      if (!deviation) continue;
      const known = byId.get(id) ?? { deviation, names: [] };
      known.names.push(name);
      byId.set(id, known);
    }
  }
  if (byId.size === 0) return [];
  return [
    '## Deviations',
    '',
    'Wrong by the text, and so in the whole field: they do not count as failures.',
    '',
    ...[...byId].flatMap(
      ([
        id,
        {
          deviation: { who, why, references },
          names,
        },
      ]) => [
        `- ${id}: ${who}: ${why} (${references.map((each) => `<${each}>`).join(', ')}). Seen of: ${names.join(', ')}.`,
      ],
    ),
    '',
  ];
}
