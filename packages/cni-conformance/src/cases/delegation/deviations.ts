import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 4: plugin delegation. */
export const delegationDeviations: readonly Deviation[] = [];
