import type { PluginHandlers } from '@vcn-cni/cni-runtime/plugin';
import type { MutantName } from '../mutants/all-mutants.ts';
import type { Caller } from '../transport/caller.ts';

/** What a reference plugin works with, one execution long. */
export interface World {
  readonly caller: Caller;
  /** Whether it is to be broken in this way. */
  is(mutant: MutantName): boolean;
  /** Between two steps: lets the end of the caller be noticed. Throws when it is gone, as if this process were killed. */
  step(): Promise<void>;
  /** For standard error. */
  log(text: string): void;
}

/** A reference plugin: its handlers, for one execution. */
export type Plugin = (world: World) => PluginHandlers;
