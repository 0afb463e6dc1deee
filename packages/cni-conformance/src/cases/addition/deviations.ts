import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: ADD. */
export const additionDeviations: readonly Deviation[] = [];
