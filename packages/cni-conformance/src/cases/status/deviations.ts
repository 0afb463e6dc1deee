import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: STATUS. */
export const statusDeviations: readonly Deviation[] = [];
