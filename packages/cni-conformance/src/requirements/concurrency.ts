import type { Requirement } from './requirement.ts';

/** Section 3: what runs at the same time. */
export const concurrency: readonly Requirement[] = [];
