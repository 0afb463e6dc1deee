import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 5: errors. */
export const errorsDeviations: readonly Deviation[] = [];
