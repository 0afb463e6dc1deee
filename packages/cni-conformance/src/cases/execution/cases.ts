import type { PluginCase } from '../../case.ts';

/** Section 2: parameters, environment, standard input and output. */
export const executionCases: readonly PluginCase[] = [];
