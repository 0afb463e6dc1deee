import type { JsonObject } from '@vcn-cni/cni-conformance';
import { results } from './ways.ts';

/** Ways to answer ADD with a part of the result that is not as it was. */

export const list = (result: JsonObject, key: string): JsonObject[] =>
  (result[key] ?? []) as JsonObject[];

export const each = (key: string, change: (entry: JsonObject) => JsonObject) =>
  results((result) => ({ ...result, [key]: list(result, key).map(change) }));

export const only = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));

export const part = (key: string, change: (entries: JsonObject[]) => JsonObject[]) =>
  results((result) => ({ ...result, [key]: change(list(result, key)) }));

/** Those of the specification. */
export const fields = {
  result: ['cniVersion', 'interfaces', 'ips', 'routes', 'dns'],
  interfaces: ['name', 'mac', 'mtu', 'sandbox', 'socketPath', 'pciID'],
};
