import { type PluginCase, pluginCases, type Role } from '@vcn-cni/cni-conformance';
import { mutants } from '../mutants/all-mutants.ts';
import type { Mutant } from '../mutants/mutant.ts';

/** A case that a broken plugin of a role must fail. */
export interface Expected {
  readonly role: Role;
  readonly mutant: Mutant;
  readonly cases: readonly PluginCase[];
}

export const casesOf = (role: Role): readonly PluginCase[] =>
  pluginCases.filter(({ roles }) => roles.includes(role));

export const names = (each: PluginCase, { name }: Mutant): boolean =>
  Array.isArray(each.mutants) && each.mutants.includes(name);

/** Every mutant in every role that it has, with the cases that name it. */
export const expected = (role: Role): readonly Expected[] =>
  mutants
    .filter(({ of }) => of.includes(role))
    .map((mutant) => ({
      role,
      mutant,
      cases: casesOf(role).filter((each) => names(each, mutant)),
    }));

/** What is named and not there, or there and not named; each a sentence. */
export function gaps(): readonly string[] {
  const named = new Map<string, PluginCase[]>();
  for (const each of pluginCases) {
    if (!Array.isArray(each.mutants)) continue;
    for (const name of each.mutants as string[])
      named.set(name, [...(named.get(name) ?? []), each]);
  }
  const known = new Map(mutants.map((mutant) => [mutant.name, mutant]));
  return [
    ...[...named].flatMap(([name, cases]) => {
      const mutant = known.get(name);
      if (!mutant) return [`${cases.map(({ id }) => id).join(', ')}: no mutant ${name}`];
      return cases
        .filter(({ roles }) => !roles.some((role) => mutant.of.includes(role)))
        .map(({ id, roles }) => `${id}: ${name} is of ${mutant.of}, the case of ${roles}`);
    }),
    ...mutants
      .filter(({ name }) => !named.has(name))
      .map(({ name }) => `${name}: no case names it`),
  ];
}
