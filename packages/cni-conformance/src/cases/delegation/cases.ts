import type { PluginCase } from '../../case.ts';
import { addUndone, delDelegated, delOfDelegateFails, errorPassed } from './fails.ts';
import { foundInAnyFolder, notFoundElsewhere } from './found.ts';
import { configGiven, environmentGiven, strangersGiven } from './given.ts';
import { decides, obeyed, obeyedInBothFamilies } from './obeyed.ts';
import { standardErrorPassed } from './standard-error.ts';

/** Section 4: plugin delegation. */
export const delegationCases: readonly PluginCase[] = [
  ...[environmentGiven, strangersGiven],
  configGiven,
  ...[foundInAnyFolder, notFoundElsewhere],
  ...standardErrorPassed,
  ...[delDelegated, delOfDelegateFails],
  addUndone,
  ...[obeyed, obeyedInBothFamilies, decides],
  errorPassed,
];
