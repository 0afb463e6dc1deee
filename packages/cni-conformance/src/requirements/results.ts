import type { Requirement } from './requirement.ts';

/** Section 5: result types. */
export const results: readonly Requirement[] = [];
