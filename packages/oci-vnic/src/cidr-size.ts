/** How many addresses a canonical CIDR holds, at most 2^32: more than any node has pods. */
export function cidrSize(cidr: string): number {
  const length = Number(cidr.slice(cidr.indexOf('/') + 1));
  return sizeOf(length, cidr.includes(':') ? 128 : 32);
}

/** The same, from the prefix length of a family of so many bits. */
export function sizeOf(prefixLength: number, bits: 32 | 128): number {
  return 2 ** Math.min(bits - prefixLength, 32);
}
