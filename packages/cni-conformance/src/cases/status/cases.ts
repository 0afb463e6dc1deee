import type { PluginCase } from '../../case.ts';
import { statusDelegated, statusOfDelegateFails } from './delegated.ts';
import { deletedWhileExhausted, exhaustedTold, releasedTold } from './exhausted.ts';
import { needsNothing, notNeeded, ready } from './ready.ts';
import {
  delegateMissing,
  deletedWhileStopped,
  dependencyDown,
  resumedTold,
  stoppedTold,
} from './stopped.ts';

/** Section 2: STATUS. */
export const statusCases: readonly PluginCase[] = [
  ready,
  ...[stoppedTold, resumedTold, delegateMissing],
  ...[dependencyDown, exhaustedTold, releasedTold],
  notNeeded,
  ...[deletedWhileStopped, deletedWhileExhausted],
  ...[statusDelegated, statusOfDelegateFails],
  needsNothing,
];
