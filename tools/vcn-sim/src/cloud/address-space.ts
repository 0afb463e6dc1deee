import { type Cidr, cidrAt } from './ip.ts';

/** What is taken of one CIDR of a subnet. */
export interface AddressSpace {
  readonly cidr: Cidr;
  /** Takes a block, or refuses because something of it is taken or reserved. */
  take(block: Cidr): boolean;
  give(block: Cidr): void;
  /** The lowest free block of this prefix length, within `range` if given; it is not taken yet. */
  find(prefix: number, range?: { base: bigint; end: bigint }): Cidr | undefined;
  /** Addresses taken; what the service keeps for itself is not among them. */
  used(): bigint;
  /** Addresses that could be had at most. */
  readonly usable: bigint;
}

/** Of IPv4 the service keeps the first two addresses and the last, of IPv6 the first eight. */
export function createAddressSpace(cidr: Cidr): AddressSpace {
  const kept =
    cidr.family === 'inet'
      ? [
          { base: cidr.base, end: cidr.base + 2n },
          { base: cidr.end - 1n, end: cidr.end },
        ]
      : [{ base: cidr.base, end: cidr.base + 8n }];
  /** Ordered, never touching each other's addresses. */
  const taken: { base: bigint; end: bigint }[] = [...kept];
  let used = 0n;

  return {
    cidr,
    usable: cidr.end - cidr.base - kept.reduce((sum, range) => sum + range.end - range.base, 0n),
    used: () => used,
    take(block) {
      if (block.base < cidr.base || block.end > cidr.end) return false;
      const after = taken.findIndex((range) => range.end > block.base);
      const index = after < 0 ? taken.length : after;
      const next = taken[index];
      if (next && next.base < block.end) return false;
      taken.splice(index, 0, { base: block.base, end: block.end });
      used += block.end - block.base;
      return true;
    },
    give(block) {
      const index = taken.findIndex(({ base, end }) => base === block.base && end === block.end);
      if (index < 0) return;
      taken.splice(index, 1);
      used -= block.end - block.base;
    },
    find(prefix, range = cidr) {
      if (prefix < cidr.prefix) return undefined;
      let candidate = cidrAt(cidr.family, range.base, prefix);
      if (candidate.base < range.base) candidate = cidrAt(cidr.family, candidate.end, prefix);
      for (const { base, end } of taken) {
        if (candidate.end <= base) break;
        if (candidate.base >= end) continue;
        candidate = cidrAt(cidr.family, end - 1n, prefix);
        if (candidate.base < end) candidate = cidrAt(cidr.family, candidate.end, prefix);
      }
      return candidate.end <= range.end ? candidate : undefined;
    },
  };
}
