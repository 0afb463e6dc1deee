import { type Requirement, requirements } from '@vcn-cni/cni-conformance';
import { casesOf } from './case-index.ts';

export interface ListedRequirement extends Requirement {
  readonly cases: readonly { readonly id: string; readonly title: string }[];
}

/** Every requirement, with its cases. */
export const listRequirements = (): ListedRequirement[] =>
  requirements.map((each) => ({
    ...each,
    cases: casesOf(each.id).map(({ id, title }) => ({ id, title })),
  }));

/** For people: by section, a line a requirement and a line a case. */
export function listText(listed: readonly ListedRequirement[]): string {
  const sections = Map.groupBy(listed, ({ section }) => section);
  const blocks = [...sections].map(([section, own]) =>
    [section, ...own.flatMap(requirementLines)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

const requirementLines = ({ id, level, of, text, cases, untestable }: ListedRequirement) => [
  `  ${id.padEnd(8)}${level.padEnd(7)}${of === 'runtime' ? 'runtime: ' : ''}${text}`,
  ...cases.map((each) => `    ${each.id.padEnd(26)}${each.title}`),
  ...(untestable ? [`    not tested: ${untestable}`] : []),
];
