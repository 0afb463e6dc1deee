import { type PluginCase, pluginCases } from '@vcn-cni/cni-conformance';
import { mutants } from '../mutants/all-mutants.ts';

/** The mutants that a case names; none where it says why there can be none. */
export const namedBy = ({ mutants: named }: PluginCase): readonly string[] =>
  Array.isArray(named) ? (named as readonly string[]) : [];

/** What is named and not there, or there and not named; a sentence each. */
export function gaps(): readonly string[] {
  const all = new Set(pluginCases.flatMap(namedBy));
  return [
    ...pluginCases.flatMap((each) => namedBy(each).flatMap((name) => gap(each, name))),
    ...mutants.filter(({ name }) => !all.has(name)).map(({ name }) => `${name}: no case names it`),
  ];
}

function gap({ id, roles }: PluginCase, name: string): string[] {
  const found = mutants.filter((mutant) => mutant.name === name);
  if (found.length !== 1) return [`${id}: ${found.length} mutants are called ${name}`];
  const { of } = found[0]!;
  return of.some((role) => roles.includes(role))
    ? []
    : [`${id}: ${name} is of ${of}, the case of ${roles}`];
}
