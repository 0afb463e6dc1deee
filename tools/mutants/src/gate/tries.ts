import { type PluginCase, pluginCases, type Role } from '@vcn-cni/cni-conformance';
import { mutants } from '../mutants/all-mutants.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { namedBy } from './gaps.ts';

/** A broken plugin, and the cases that must catch it. */
export interface Try {
  readonly mutant: Mutant;
  readonly role: Role;
  readonly cases: readonly PluginCase[];
}

export const casesOf = (role: Role): readonly PluginCase[] =>
  pluginCases.filter(({ roles }) => roles.includes(role));

/** Every mutant in each of its roles. */
export const tries: readonly Try[] = mutants.flatMap((mutant) =>
  mutant.of.map((role) => ({
    ...{ mutant, role },
    cases: casesOf(role).filter((each) => namedBy(each).includes(mutant.name)),
  })),
);
