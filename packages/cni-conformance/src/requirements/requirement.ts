import type { CniVersion } from '@vcn-cni/cni-spec';

/** RFC 2119, in any letter case, as the specification says in its overview. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** One normative sentence of SPEC.md, or what its readers may rely on. */
export interface Requirement {
  /** As `ADD-04`: stable, and the first part of the ids of its cases. */
  readonly id: string;
  readonly level: Level;
  readonly of: 'plugin' | 'runtime';
  /** Heading of SPEC.md under which it stands, as `Section 2: Execution Protocol, ADD`. */
  readonly section: string;
  /** The first version of the specification that says so. */
  readonly since: CniVersion;
  /** In our own words. */
  readonly text: string;
  /** True where the text does not say it, and whoever uses a plugin expects it all the same. */
  readonly implied?: true;
  /** Why no case can show it from outside. */
  readonly untestable?: string;
}
