import type { PluginCase } from '../../case.ts';
import { addsAtOnce, checksAtOnce, deletesAtOnce, mixedAtOnce } from './at-once.ts';

/** Section 3: what runs at the same time. */
export const concurrencyCases: readonly PluginCase[] = [
  ...[addsAtOnce, checksAtOnce, deletesAtOnce, mixedAtOnce],
];
