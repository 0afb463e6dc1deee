import type { PluginCase } from '../../case.ts';
import { containerBroken } from './container-broken.ts';
import { checkDelegated, checkOfDelegateFails } from './delegated.ts';
import { hostBroken } from './host-broken.ts';
import { oldVersion } from './old-version.ts';
import { previousResultConsulted, previousResultNeeded } from './previous-result.ts';
import { printsNothing, worksAtOnce } from './prompt.ts';
import { stoppedNoticed } from './stopped.ts';
import { tolerated } from './tolerates.ts';

/** Section 2: CHECK. */
export const checkCases: readonly PluginCase[] = [
  ...[...previousResultConsulted, previousResultNeeded],
  ...tolerated,
  ...[...containerBroken, ...hostBroken, stoppedNoticed],
  worksAtOnce,
  ...[checkDelegated, checkOfDelegateFails],
  ...[printsNothing, oldVersion],
];
