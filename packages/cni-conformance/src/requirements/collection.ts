import type { Requirement } from './requirement.ts';

/** Section 2: GC. */
export const collection: readonly Requirement[] = [];
