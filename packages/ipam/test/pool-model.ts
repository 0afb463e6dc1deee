import {
  type AttachmentKey,
  type Block,
  type Family,
  formatKey,
  type Lease,
} from '../src/index.ts';

/** What must be true of a pool, kept in the plainest way: no index, no queue, every address by name. */
export class PoolModel {
  readonly held = new Map<string, AttachmentKey>();
  readonly coolingUntil = new Map<string, number>();
  /** Moment before which addresses that were free at a quarantine must not be leased. */
  frozenUntil = 0;
  /** Addresses known to have rested since then, or to end their own cooldown. */
  returned = new Set<string>();
  blocks: readonly Block[] = [];

  /** Throws if the lease must not be. */
  leased(lease: Lease, wanted: readonly Family[], now: number): void {
    const families = lease.addresses.map(({ family }) => family);
    if (families.join() !== [...wanted].sort().join()) fail(lease, `families ${families}`);
    for (const { address, block } of lease.addresses) {
      const source = this.blocks.find(({ cidr }) => cidr === block);
      if (!source || source.draining) fail(lease, `${address}: block ${block} is not in service`);
      if (!addressesOf(source).includes(address)) fail(lease, `${address} is not of ${block}`);
      if (this.held.has(address)) fail(lease, `${address} has a holder`);
      if ((this.coolingUntil.get(address) ?? 0) > now) fail(lease, `${address} cools`);
      if (this.frozenUntil > now && !this.returned.has(address))
        fail(lease, `${address} is held back`);
      this.coolingUntil.delete(address);
      this.held.set(address, lease.key);
    }
  }

  returnedBy(key: AttachmentKey, until: number): string[] {
    const addresses: string[] = [];
    for (const [address, holder] of this.held) {
      if (formatKey(holder) !== formatKey(key)) continue;
      addresses.push(address);
      this.held.delete(address);
      this.coolingUntil.set(address, until);
      this.returned.add(address);
    }
    return addresses.sort();
  }

  /** What rested before a quarantine or a restart is on no record: it is held back. */
  onlyCoolingIsKnown(now: number): void {
    const cooling = [...this.coolingUntil].filter(([, until]) => until > now);
    this.returned = new Set(cooling.map(([address]) => address));
  }

  /** What the counts must be; `free` only while nothing is held back as a whole. */
  counts(now: number): Record<Family, { leased: number; total: number; free: number }> {
    const count = (family: Family) => {
      const is = (address: string) => address.includes(':') === (family === 'inet6');
      const cools = (address: string) => (this.coolingUntil.get(address) ?? 0) > now;
      const offered = this.blocks
        .filter((block) => !block.draining)
        .flatMap(addressesOf)
        .filter(is);
      const leased = [...this.held.keys()].filter(is);
      const cooling = [...this.coolingUntil.keys()].filter(
        (address) => is(address) && cools(address),
      );
      const total = new Set([...offered, ...leased, ...cooling]);
      return {
        leased: leased.length,
        total: total.size,
        free: total.size - leased.length - cooling.length,
      };
    };
    return { inet: count('inet'), inet6: count('inet6') };
  }
}

/** Every address that a small block offers. */
export function addressesOf({ cidr, excluded = [] }: Block): string[] {
  const [base = '', prefix] = cidr.split('/');
  const separator = base.includes(':') ? ':' : '.';
  const radix = separator === ':' ? 16 : 10;
  const at = base.lastIndexOf(separator) + 1;
  const first = Number.parseInt(base.slice(at) || '0', radix);
  const size = 2 ** ((separator === ':' ? 128 : 32) - Number(prefix));
  return Array.from({ length: size }, (_, offset) => {
    const last = first + offset;
    return base.slice(0, at) + (last === 0 && radix === 16 ? '' : last.toString(radix));
  }).filter((address) => !excluded.includes(address));
}

function fail(lease: Lease, why: string): never {
  throw new Error(`lease of ${formatKey(lease.key)}: ${why}`);
}
