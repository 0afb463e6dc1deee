import { Address4, Address6 } from 'ip-address';
import type { Family } from './family.ts';

/** An address as a number, which is what blocks compute with. */
export interface AddressValue {
  family: Family;
  value: bigint;
}

/** Reads an address without prefix length and without zone; undefined if it is none. */
export function parseAddress(text: string): AddressValue | undefined {
  if (text.includes('/') || text.includes('%')) return undefined;
  try {
    return text.includes(':')
      ? { family: 'inet6', value: new Address6(text).bigInt() }
      : { family: 'inet', value: new Address4(text).bigInt() };
  } catch {
    return undefined;
  }
}

/** Writes an address canonically (RFC 5952 for IPv6). */
export function formatAddress(family: Family, value: bigint): string {
  return family === 'inet'
    ? Address4.fromInteger(Number(value)).correctForm()
    : Address6.fromBigInt(value).correctForm();
}
