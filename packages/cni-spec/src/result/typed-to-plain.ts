import { addressFamily, type Fields, fieldsOf, listOf } from './fields-of.ts';
import type { Loss } from './loss.ts';

/** 0.3.0 ... 0.4.0 to 1.x: `ips[].version` goes; only one that contradicts its address is a loss. */
export function typedToPlain(document: Fields, losses: Loss[]): Fields {
  if (!Array.isArray(document['ips'])) return document;
  const ips = listOf(document['ips']).map((value, index) => {
    const { version, ...rest } = fieldsOf(value);
    if (version !== undefined && version !== null && version !== addressFamily(rest['address'])) {
      const reason = 'since 1.0.0 the address alone says its family';
      losses.push({ path: `ips[${index}].version`, value: version, reason });
    }
    return rest;
  });
  return { ...document, ips };
}
