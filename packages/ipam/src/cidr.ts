import { formatAddress, parseAddress } from './address.ts';
import type { Family } from './family.ts';
import { PoolError } from './pool-error.ts';

/** A CIDR as numbers: the addresses from `base` up to, not including, `end`. */
export interface Cidr {
  /** Canonical text. */
  text: string;
  family: Family;
  prefix: number;
  base: bigint;
  end: bigint;
}

const bits = { inet: 32, inet6: 128 } as const;

/** Reads a CIDR; throws PoolError `invalid-block` if it is none, or not the canonical text of one. */
export function parseCidr(text: string): Cidr {
  const [, head = '', tail = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(head);
  const prefix = Number(tail);
  if (!address || prefix > bits[address.family]) {
    throw new PoolError(
      'invalid-block',
      `block ${JSON.stringify(text)} is not a CIDR; write it as 10.0.32.0/24 or 2001:db8::/80`,
    );
  }
  const { family, value } = address;
  const base = networkOf(family, prefix, value);
  const canonical = `${formatAddress(family, base)}/${prefix}`;
  if (canonical !== text) {
    throw new PoolError(
      'invalid-block',
      `block ${text} is not canonical; write it as ${canonical}`,
    );
  }
  return { text: canonical, family, prefix, base, end: base + sizeOf(family, prefix) };
}

/** The first address of the block of `prefix` bits that holds `value`. */
export function networkOf(family: Family, prefix: number, value: bigint): bigint {
  return value & -sizeOf(family, prefix);
}

function sizeOf(family: Family, prefix: number): bigint {
  return 1n << BigInt(bits[family] - prefix);
}
