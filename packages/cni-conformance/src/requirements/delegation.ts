import type { Requirement } from './requirement.ts';

/** Section 4: plugin delegation. */
export const delegation: readonly Requirement[] = [];
