import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: GC. */
export const collectionDeviations: readonly Deviation[] = [];
