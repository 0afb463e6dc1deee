import type { PluginCase } from '../../case.ts';

/** Section 5: result types. */
export const resultsCases: readonly PluginCase[] = [];
