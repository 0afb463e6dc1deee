import { type Family, type PoolCounts, planPool } from '@vcn-cni/ipam';
import type { Config } from '../config/schema.ts';

type Wanted = Partial<Record<Family, { atLeast: number; atMost: number }>>;

/** How many addresses of each configured family should be held, by present demand. Pure. */
export function wantedAddresses({ pool, oci }: Config, { families }: PoolCounts): Wanted {
  const { warm, min, max } = pool;
  const inBlocks = oci.assign[0] === 'block';
  const sizes = { inet: 2 ** (32 - oci.blockLength), inet6: 2 ** (128 - oci.blockLength6) };
  return Object.fromEntries(
    pool.families.map((family) => {
      const step = inBlocks ? sizes[family] : 1;
      const { atLeast, atMost } = planPool(families, { warm, min, max, step })[family];
      return [family, { atLeast, atMost }];
    }),
  );
}
