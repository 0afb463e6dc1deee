import type { Requirement } from './requirement.ts';

/** Section 2: STATUS. */
export const status: readonly Requirement[] = [];
