import type { PluginCase } from '../../case.ts';

/** Section 2: ADD. */
export const additionCases: readonly PluginCase[] = [];
