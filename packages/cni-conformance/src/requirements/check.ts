import type { Requirement } from './requirement.ts';

/** Section 2: CHECK. */
export const check: readonly Requirement[] = [];
