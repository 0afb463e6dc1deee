import { isIPv4, isIPv6 } from 'node:net';

export type Family = 'inet' | 'inet6';

export const bits = { inet: 32, inet6: 128 } as const;

export interface Cidr {
  /** Canonical text. */
  text: string;
  family: Family;
  prefix: number;
  base: bigint;
  /** The first address behind it. */
  end: bigint;
}

/** Reads an address; undefined if it is none. */
export function parseIp(text: string): { family: Family; value: bigint } | undefined {
  if (isIPv4(text)) {
    return {
      family: 'inet',
      value: text.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n),
    };
  }
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const plain = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return { family: 'inet6', value: BigInt(`0x${groups.map((g) => g.padStart(4, '0')).join('')}`) };
}

/** Writes an address canonically (RFC 5952 for IPv6). */
export function formatIp(family: Family, value: bigint): string {
  const wide = value.toString(16).padStart(bits[family] / 4, '0');
  if (family === 'inet')
    return wide
      .match(/../g)!
      .map((octet) => Number.parseInt(octet, 16))
      .join('.');
  return new URL(`http://[${wide.match(/..../g)!.join(':')}]`).hostname.slice(1, -1);
}

/** Reads a CIDR whose host bits are zero; undefined if it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [, head = '', tail = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseIp(head);
  if (!address || Number(tail) > bits[address.family]) return undefined;
  const cidr = cidrAt(address.family, address.value, Number(tail));
  return cidr.base === address.value ? cidr : undefined;
}

/** The block of `prefix` bits that holds an address. */
export function cidrAt(family: Family, value: bigint, prefix: number): Cidr {
  const size = 1n << BigInt(bits[family] - prefix);
  const base = value & -size;
  return { text: `${formatIp(family, base)}/${prefix}`, family, prefix, base, end: base + size };
}

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.family === inner.family && outer.base <= inner.base && inner.end <= outer.end;
