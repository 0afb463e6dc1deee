import { addressFamily, type Fields, fieldsOf, listOf } from './fields-of.ts';

/** 1.0.0 to 0.3.0 ... 0.4.0: `version` is computed from the address. */
export function plainToTyped(document: Fields): Fields {
  if (!Array.isArray(document['ips'])) return document;
  const ips = listOf(document['ips']).map((value) => {
    const { version: _, ...rest } = fieldsOf(value);
    return { version: addressFamily(rest['address']), ...rest };
  });
  return { ...document, ips };
}
