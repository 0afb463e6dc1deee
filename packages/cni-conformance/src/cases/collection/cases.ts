import type { PluginCase } from '../../case.ts';
import { collectedAddressFree } from './address-free.ts';
import { gcDelegated, gcOfDelegateFails, goesOn } from './delegated.ts';
import { listUnderKey } from './keys.ts';
import { deletedAfterwards, nothingToCollect, printsNothing, unknownListed } from './no-error.ts';
import { noList } from './no-list.ts';
import {
  emptyList,
  interfaceNameMatters,
  otherNetworkKept,
  staleRemoved,
  validKept,
} from './stale.ts';

/** Section 2: GC. */
export const collectionCases: readonly PluginCase[] = [
  ...[
    staleRemoved,
    collectedAddressFree,
    validKept,
    interfaceNameMatters,
    otherNetworkKept,
    ...listUnderKey,
  ],
  ...[nothingToCollect, unknownListed, deletedAfterwards, goesOn],
  gcDelegated,
  ...[printsNothing, gcOfDelegateFails],
  ...[emptyList, ...noList],
];
