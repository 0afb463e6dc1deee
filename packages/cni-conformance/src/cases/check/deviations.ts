import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: CHECK. */
export const checkDeviations: readonly Deviation[] = [];
