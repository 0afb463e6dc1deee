import type { PluginCase } from '../../case.ts';
import { deletedAgain } from './again.ts';
import { leavesHost } from './leaves-host.ts';
import { leavesNothing } from './leaves-nothing.ts';

/** Section 2: DEL. */
export const deletionCases: readonly PluginCase[] = [leavesNothing, leavesHost, deletedAgain];
