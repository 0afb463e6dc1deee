import type { PluginCase } from '../../case.ts';

/** Section 4: plugin delegation. */
export const delegationCases: readonly PluginCase[] = [];
