import type { Caller } from '../transport/caller.ts';
import type { RuntimeMutant } from './runtime-mutants.ts';

/** What the reference runtime works with, one operation long. */
export interface RuntimeWorld {
  readonly caller: Caller;
  /** Whether it is to be broken in this way. */
  is(mutant: RuntimeMutant): boolean;
}

/** Whom an operation is for. */
export interface Named {
  readonly network: string;
  readonly id: string;
  readonly netns: string;
  readonly ifname: string;
}

/** A variable of the caller; empty if it has none. */
export const variable = ({ caller }: RuntimeWorld, name: string): string =>
  caller.environment[name] ?? '';
