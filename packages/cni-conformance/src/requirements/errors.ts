import type { Requirement } from './requirement.ts';

/** Section 5: errors. */
export const errors: readonly Requirement[] = [];
