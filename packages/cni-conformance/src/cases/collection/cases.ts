import type { PluginCase } from '../../case.ts';

/** Section 2: GC. */
export const collectionCases: readonly PluginCase[] = [];
