import type { PluginCase } from '../../case.ts';
import {
  failedByAddress,
  failedByIpam,
  failedByName,
  failedByPrevious,
  failedByRoute,
} from './failed.ts';
import { hostInterfacesListed } from './host-interfaces-listed.ts';
import { interfaceKept } from './interface-kept.ts';
import { interfaceMade } from './interface-made.ts';
import { killed } from './killed.ts';
import { nameTakenByHand, nameTakenByOther, nameTakenTwice } from './name-taken.ts';
import { oneDocument } from './one-document.ts';
import { othersUntouched } from './others-untouched.ts';
import { dnsPassedThrough, indicesKept, passedThrough } from './passed-through.ts';
import { addressesReady, addressesTrue, linksTrue, routesTrue } from './result-true.ts';
import { secondInList } from './second-in-list.ts';
import { secondInterface, secondInterfaceRemoved } from './second-interface.ts';
import { variablesNeeded } from './variables-needed.ts';
import { vendorFieldsKept } from './vendor-fields.ts';
import { hostNamespace, wrongNamespaces } from './wrong-namespace.ts';

/** Section 2: ADD. */
export const additionCases: readonly PluginCase[] = [
  ...[interfaceMade, interfaceKept, othersUntouched],
  oneDocument,
  ...[...passedThrough, dnsPassedThrough, indicesKept, vendorFieldsKept, secondInList],
  ...[nameTakenByHand, nameTakenTwice, nameTakenByOther],
  ...[secondInterface, secondInterfaceRemoved],
  ...variablesNeeded,
  ...[linksTrue, addressesTrue, routesTrue, addressesReady],
  hostInterfacesListed,
  ...[failedByIpam, failedByAddress, failedByRoute, failedByName, failedByPrevious],
  ...[...wrongNamespaces, hostNamespace, killed],
];
