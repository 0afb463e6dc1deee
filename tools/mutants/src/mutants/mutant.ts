import type { Role } from '@vcn-cni/cni-conformance';
import type { CniVersion } from '@vcn-cni/cni-spec';
import type { Outcome } from '../transport/caller.ts';
import type { Call } from './call.ts';

/** A way in which a reference plugin can be broken. */
export interface Mutant {
  /** As cases name it. */
  readonly name: string;
  /** The reference plugins that can be broken so. */
  readonly of: readonly Role[];
  /** What is wrong then. */
  readonly does: string;
  /** Wraps each call; absent where a step of a plugin asks for the name. */
  readonly around?: Around;
  /** Shows only in a configuration of this version. */
  readonly version?: CniVersion;
  /** Does not answer: the deadline is to be a short one. */
  readonly hangs?: true;
}

/** A plugin that is broken at its surface: `next` is the healthy one. */
export type Around = (call: Call, next: (call: Call) => Promise<Outcome>) => Promise<Outcome>;
