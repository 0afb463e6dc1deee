import type { Requirement } from './requirement.ts';

/** Section 2: ADD. */
export const addition: readonly Requirement[] = [];
