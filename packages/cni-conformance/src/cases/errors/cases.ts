import type { PluginCase } from '../../case.ts';

/** Section 5: errors. */
export const errorsCases: readonly PluginCase[] = [];
