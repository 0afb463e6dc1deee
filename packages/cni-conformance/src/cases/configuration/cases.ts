import type { PluginCase } from '../../case.ts';
import { unknownArgs } from './args.ts';
import { dnsOfConfig } from './dns.ts';
import { ipMasq } from './ip-masq.ts';
import { ipamType } from './ipam-type.ts';
import { allowedNames, networkNames } from './network-name.ts';
import { unknownField } from './unknown-field.ts';

/** Section 1: network configuration format. */
export const configurationCases: readonly PluginCase[] = [
  ...networkNames,
  allowedNames,
  dnsOfConfig,
  ipMasq,
  ipamType,
  unknownField,
  unknownArgs,
];
