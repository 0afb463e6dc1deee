import { addCounts, countBlocks, emptyCounts, sumCounts } from './counts.ts';
import { type Family, families } from './family.ts';
import type { Ledger } from './ledger.ts';
import type { FamilyCounts, PoolCounts } from './pool-contract.ts';

/** The figures of a pool: the sums, and per family. */
export function countPool(
  ledger: Ledger,
  line: { length: number; count(family: Family): number },
  exhaustedSince: ReadonlyMap<Family, number>,
): PoolCounts {
  const sums = sumCounts(countBlocks(ledger));
  const count = (family: Family): FamilyCounts => ({
    ...sums[family],
    waiting: line.count(family),
    ...since(exhaustedSince.get(family)),
  });
  const total = emptyCounts();
  for (const family of families) addCounts(total, sums[family]);
  return {
    ...total,
    waiting: line.length,
    ...since(exhaustedSince.size > 0 ? Math.min(...exhaustedSince.values()) : undefined),
    families: { inet: count('inet'), inet6: count('inet6') },
  };
}

function since(moment: number | undefined): { exhaustedSince?: number } {
  return moment === undefined ? {} : { exhaustedSince: moment };
}
