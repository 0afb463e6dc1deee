import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 3: what runs at the same time. */
export const concurrencyDeviations: readonly Deviation[] = [];
