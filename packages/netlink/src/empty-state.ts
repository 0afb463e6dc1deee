import type { ActualState, WantedState } from './state.ts';

/** A state with nothing in it, good as a wanted and as an actual one. */
export function emptyState(): ActualState & WantedState {
  return { links: [], addresses: [], routes: [], rules: [], neighbours: [], sysctls: [] };
}
