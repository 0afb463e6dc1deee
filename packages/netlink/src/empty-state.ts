import type { ActualState } from './state.ts';

/** A state with nothing in it, good as wanted and as actual state. */
export function emptyState(): ActualState {
  return { links: [], addresses: [], routes: [], rules: [], neighbours: [], sysctls: [] };
}
