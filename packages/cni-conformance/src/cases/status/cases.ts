import type { PluginCase } from '../../case.ts';

/** Section 2: STATUS. */
export const statusCases: readonly PluginCase[] = [];
