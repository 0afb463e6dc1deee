import type { PluginCase } from '../../case.ts';

/** Section 2: CHECK. */
export const checkCases: readonly PluginCase[] = [];
