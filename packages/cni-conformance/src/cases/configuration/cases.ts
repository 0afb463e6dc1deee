import type { PluginCase } from '../../case.ts';

/** Section 1: network configuration format. */
export const configurationCases: readonly PluginCase[] = [];
