import type { PluginCase } from '../../case.ts';

/** Section 3: what runs at the same time. */
export const concurrencyCases: readonly PluginCase[] = [];
