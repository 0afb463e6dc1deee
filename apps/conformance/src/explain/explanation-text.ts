import type { ExplainedCase, Explanation } from './explain.ts';
import { wrap } from './wrap.ts';

/** For people: the requirement, then each case. */
export function explanationText(explanation: Explanation): string {
  const { id, level, section, since, text, implied, untestable, url, cases } = explanation;
  return [
    `${id}  ${level}  ${section}  (since ${since})`,
    ...wrap(text, '  '),
    ...(implied ? wrap('The text does not say it; whoever uses a plugin expects it.', '  ') : []),
    `  ${url}`,
    ...(untestable ? ['', ...wrap(`No case can show it: ${untestable}.`, '  ')] : []),
    ...cases.flatMap(caseText),
    '',
  ].join('\n');
}

const caseText = (each: ExplainedCase): string[] => [
  '',
  `${each.id}  ${each.level}${each.roles ? `  ${each.roles.join(', ')}` : ''}`,
  ...wrap(each.title, '  '),
  ...wrap(each.does, '  does      ', '            '),
  ...wrap(each.expects, '  expects   ', '            '),
  ...wrap(mutantText(each), '  catches   ', '            '),
  ...each.deviations.flatMap(({ key, who, why, references }) => [
    ...wrap(`${key}: ${who}: ${why}`, '  deviation ', '            '),
    ...references.map((reference) => `            ${reference}`),
  ]),
];

const mutantText = ({ mutants }: ExplainedCase): string =>
  'none' in mutants ? `no mutant: ${mutants.none}` : mutants.join(', ');
