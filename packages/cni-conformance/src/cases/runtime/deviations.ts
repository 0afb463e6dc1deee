import type { Deviation } from '../../run/deviation.ts';

/** Known of all runtimes. */
export const runtimeDeviations: readonly Deviation[] = [];
