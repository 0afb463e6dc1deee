import { type CaseReport, type Summary, summarise } from '@vcn-cni/cni-conformance';

export interface Group<Case> {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly summary: Summary;
}

/** Cases of each section, by its number; those of one number in the order in which they come. */
export const bySection = <Case extends CaseReport>(cases: readonly Case[]): Group<Case>[] =>
  groups(
    [...new Set(cases.map(({ section }) => section))].sort((a, b) =>
      numberOf(a).localeCompare(numberOf(b)),
    ),
    cases,
    ({ section }) => section,
  );

/** Cases of each level that there is, the strictest first. */
export const byLevel = <Case extends CaseReport>(cases: readonly Case[]): Group<Case>[] =>
  groups(['MUST', 'SHOULD', 'MAY'], cases, ({ level }) => level).filter(
    (group) => group.cases.length > 0,
  );

const numberOf = (section: string): string => /^Section \d+/.exec(section)?.[0] ?? '';

const groups = <Case extends CaseReport>(
  names: readonly string[],
  cases: readonly Case[],
  nameOf: (each: Case) => string,
): Group<Case>[] =>
  names.map((name) => {
    const own = cases.filter((each) => nameOf(each) === name);
    return { name, cases: own, summary: summarise(own) };
  });
