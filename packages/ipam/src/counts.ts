import { type Family, families } from './family.ts';
import type { Ledger } from './ledger.ts';

/** Addresses by what they are. `total` = `leased` + `cooling` + `free`, always. */
export interface AddressCounts {
  /** Offered ones of blocks in service, and all that are in use. At most 2^32 of one block are offered. */
  total: number;
  leased: number;
  /** Released, and not to be leased again yet. */
  cooling: number;
  /** What an ADD could have now. */
  free: number;
  /** Idle ones of draining blocks; not in `total`. */
  draining: number;
  /** Named in `excluded`; not in `total`. */
  excluded: number;
}

/** The counts of one block. */
export interface BlockCounts extends AddressCounts {
  cidr: string;
  vnic: string;
  family: Family;
  /** `removed`: no longer listed, but addresses of it are leased or cool. */
  service: 'active' | 'draining' | 'removed';
}

/** The counts of every block, the removed ones last. */
export function countBlocks(ledger: Ledger): BlockCounts[] {
  const listed = [...ledger.blocks.values()].map((state): BlockCounts => {
    const { leased, capacity, outside } = state;
    const active = state.shelf !== undefined;
    const idle = capacity + outside - leased - state.cooling;
    const frozen = active && ledger.frozenUntil > 0 ? state.fresh : 0;
    const cooling = state.cooling + frozen;
    return {
      cidr: state.cidr.text,
      vnic: state.block.vnic,
      family: state.cidr.family,
      service: active ? 'active' : 'draining',
      total: active ? capacity + outside : leased + cooling,
      leased,
      cooling,
      free: active ? idle - frozen : 0,
      draining: active ? 0 : idle,
      excluded: state.excluded.size,
    };
  });
  const removed = new Map<string, BlockCounts>();
  for (const { cidr, vnic, family, key } of ledger.orphans) {
    const id = `${cidr} ${vnic}`;
    const counts = removed.get(id) ?? {
      cidr,
      vnic,
      family,
      service: 'removed' as const,
      ...emptyCounts(),
    };
    counts.total++;
    counts[key ? 'leased' : 'cooling']++;
    removed.set(id, counts);
  }
  return [...listed, ...removed.values()];
}

/** The sums of such counts, per family. */
export function sumCounts(counts: readonly BlockCounts[]): Record<Family, AddressCounts> {
  const sums = { inet: emptyCounts(), inet6: emptyCounts() };
  for (const count of counts) addCounts(sums[count.family], count);
  return sums;
}

/** Adds the second to the first. */
export function addCounts(sum: AddressCounts, counts: AddressCounts): AddressCounts {
  sum.total += counts.total;
  sum.leased += counts.leased;
  sum.cooling += counts.cooling;
  sum.free += counts.free;
  sum.draining += counts.draining;
  sum.excluded += counts.excluded;
  return sum;
}

/** How many addresses of each family could be leased now. */
export function countFree(ledger: Ledger): Record<Family, number> {
  const sum = { inet: 0, inet6: 0 };
  for (const shelves of ledger.vnics.values()) {
    const free = ledger.free(shelves);
    for (const family of families) sum[family] += free[family];
  }
  return sum;
}

export function emptyCounts(): AddressCounts {
  return { total: 0, leased: 0, cooling: 0, free: 0, draining: 0, excluded: 0 };
}
