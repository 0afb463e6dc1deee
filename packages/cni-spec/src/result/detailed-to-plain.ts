import { type Fields, fieldsOf, listOf, without } from './fields-of.ts';
import type { Loss } from './loss.ts';

const newer = {
  interfaces: ['mtu', 'socketPath', 'pciID'],
  routes: ['mtu', 'advmss', 'priority', 'table', 'scope'],
};

/** 1.1.0 to 1.0.0: what 1.1.0 added to interfaces and routes goes. */
export function detailedToPlain(document: Fields, losses: Loss[]): Fields {
  const plain = { ...document };
  for (const list of ['interfaces', 'routes'] as const) {
    if (!Array.isArray(document[list])) continue;
    plain[list] = listOf(document[list]).map((value, index) =>
      without(fieldsOf(value), newer[list], `${list}[${index}]`, 'a field of 1.1.0', losses),
    );
  }
  return plain;
}
