import type { PluginCase } from '../../case.ts';
import { abbreviated } from './abbreviated.ts';
import { gatewayOfAddress, indexOfInterface } from './addresses.ts';
import { delegatedDns, delegatedRoutes } from './delegated.ts';
import { hostInterfaces, macOfInterface, ownInterface } from './interfaces.ts';
import { previousKept, vendorsKept } from './previous.ts';
import { resultVersion } from './version.ts';

/** Section 5: result types. */
export const resultsCases: readonly PluginCase[] = [
  resultVersion,
  ownInterface,
  hostInterfaces,
  macOfInterface,
  indexOfInterface,
  gatewayOfAddress,
  delegatedRoutes,
  delegatedDns,
  previousKept,
  vendorsKept,
  abbreviated,
];
