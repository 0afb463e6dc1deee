import type { Requirement } from './requirement.ts';

/** Section 2: parameters, environment, standard input and output. */
export const execution: readonly Requirement[] = [];
