import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 1: network configuration format. */
export const configurationDeviations: readonly Deviation[] = [];
