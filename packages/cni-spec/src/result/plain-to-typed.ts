import { addressFamily, type Fields, fieldsOf, listOf, without } from './fields-of.ts';
import type { Loss } from './loss.ts';

/**
 * 1.x to 0.3.0 ... 0.4.0: `version` is computed from the address, and what 1.1.0 added to interfaces goes.
 * Routes keep their attributes: every reader of 0.x passes over what it does not know.
 */
export function plainToTyped(document: Fields, losses: Loss[]): Fields {
  const typed = { ...document };
  if (Array.isArray(document['ips'])) {
    typed['ips'] = listOf(document['ips']).map((value) => {
      const { version: _, ...rest } = fieldsOf(value);
      return { version: addressFamily(rest['address']), ...rest };
    });
  }
  if (Array.isArray(document['interfaces'])) {
    typed['interfaces'] = listOf(document['interfaces']).map((value, index) =>
      without(fieldsOf(value), newer, `interfaces[${index}]`, 'a field of 1.1.0', losses),
    );
  }
  return typed;
}

const newer = ['mtu', 'socketPath', 'pciID'];
