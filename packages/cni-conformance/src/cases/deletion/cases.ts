import type { PluginCase } from '../../case.ts';
import { deletedAgain } from './again.ts';
import { delegatedAnyway } from './delegated.ts';
import { killed } from './killed.ts';
import { leavesHost } from './leaves-host.ts';
import { leavesNothing } from './leaves-nothing.ts';
import { addressFree, namespaceGone } from './namespace-gone.ts';
import { neverAdded, neverAddedAndGone, otherInterfaceName } from './never-added.ts';
import { othersKept } from './other-attachments.ts';
import { printsNothing } from './prints-nothing.ts';
import { removedByHand } from './removed-by-hand.ts';
import { variablesOfDeletion } from './variables.ts';
import { cleansWithoutPrevious, withoutPrevious } from './without-previous.ts';

/** Section 2: DEL. */
export const deletionCases: readonly PluginCase[] = [
  ...[leavesNothing, leavesHost, othersKept],
  ...[...withoutPrevious, cleansWithoutPrevious],
  ...[...removedByHand, killed],
  ...[...namespaceGone, addressFree],
  ...[deletedAgain, neverAdded, neverAddedAndGone, otherInterfaceName],
  ...delegatedAnyway,
  ...variablesOfDeletion,
  printsNothing,
];
