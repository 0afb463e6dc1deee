import type { CniVersion } from '@vcn-cni/cni-spec';
import type { PluginHarness } from './plugin-harness.ts';
import type { Level } from './requirements/requirement.ts';
import type { RuntimeHarness } from './runtime-harness.ts';

/**
 * What a plugin is in a list: it makes an interface, changes one that is there, gives addresses, brings up `lo`, or
 * hands all the work to another plugin.
 */
export type Role = 'interface' | 'chained' | 'ipam' | 'loopback' | 'meta';

export const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

interface CaseOf<Harness> {
  /** The requirement's, then what is tried of it: `DEL-05/path-gone`. */
  readonly id: string;
  /** One line, as a sentence that is true of what conforms. */
  readonly title: string;
  /** What is done, for a person who wants to do it by hand. */
  readonly does: string;
  /** What must then be so. */
  readonly expects: string;
  /** Where it differs from that of the requirement. */
  readonly level?: Level;
  /** The version that the configuration must at least have; default: the requirement's. */
  readonly since?: CniVersion;
  /** A few dozen milliseconds, and telling: the gate runs it for every mutant of its roles. */
  readonly fast?: true;
  /** Broken programs of `tools/mutants` that it must catch; or why there can be none. */
  readonly mutants: readonly string[] | { readonly none: string };
  /** Throws {@link Finding} for what is wrong, {@link Skip} where it does not apply. */
  readonly run: (on: Harness) => Promise<void>;
}

export interface PluginCase extends CaseOf<PluginHarness> {
  readonly roles: readonly Role[];
}

export type RuntimeCase = CaseOf<RuntimeHarness>;

/** The requirement that a case is about. */
export const requirementOf = ({ id }: { readonly id: string }): string => id.split('/', 1)[0]!;
