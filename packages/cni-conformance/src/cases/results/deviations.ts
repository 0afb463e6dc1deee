import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 5: result types. */
export const resultsDeviations: readonly Deviation[] = [];
