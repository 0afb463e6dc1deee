import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: parameters, environment, standard input and output. */
export const executionDeviations: readonly Deviation[] = [];
