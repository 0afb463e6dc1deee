import { requirementOf } from '../case.ts';
import { findRequirement } from '../requirements/all-requirements.ts';

export interface Selection {
  /** Ids of cases, of requirements (`DEL-05`) or of their groups (`DEL`); default: all. */
  readonly only?: readonly string[];
  /** Numbers of sections (`2`), or parts of their headings in any letter case (`del`); default: all. */
  readonly sections?: readonly string[];
}

/**
 * The cases that a selection names, in the order they have. Throws RangeError that names the word that names none.
 */
export function selectCases<Case extends { readonly id: string }>(
  cases: readonly Case[],
  { only = [], sections = [] }: Selection,
): Case[] {
  for (const word of only) {
    if (!cases.some(({ id }) => isNamed(id, word))) {
      throw new RangeError(`${word}: no such case or requirement`);
    }
  }
  for (const word of sections) {
    if (!cases.some((each) => isUnder(sectionOf(each), word))) {
      throw new RangeError(`${word}: no such section`);
    }
  }
  return cases.filter(
    (each) =>
      (only.length === 0 || only.some((word) => isNamed(each.id, word))) &&
      (sections.length === 0 || sections.some((word) => isUnder(sectionOf(each), word))),
  );
}

const isNamed = (id: string, word: string): boolean =>
  id === word || id.startsWith(`${word}/`) || id.startsWith(`${word}-`);

const sectionOf = (each: { readonly id: string }): string =>
  findRequirement(requirementOf(each)).section;

function isUnder(section: string, word: string): boolean {
  if (/^\d+$/.test(word)) return section.startsWith(`Section ${word}:`);
  return section.toLowerCase().includes(word.toLowerCase());
}
