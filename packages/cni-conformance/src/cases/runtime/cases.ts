import type { RuntimeCase } from '../../case.ts';

/** Every case for runtimes, in the order of the requirements. */
export const runtimeCases: readonly RuntimeCase[] = [];
