/** What one setting demands of another. */
import type { Config } from './schema.ts';

/** A setting that is missing, or does not fit another. */
export interface Gap {
  path: string;
  /** Absent: it is missing. */
  value?: unknown;
  problem: string;
}

export function findGaps(config: Config): Gap[] {
  const { pool, oci, npn, snat, vcnCidrs } = config;
  const gaps: Gap[] = [];
  const missing = (path: string, why: string) => gaps.push({ path, problem: `missing; ${why}` });
  if (pool.mode === 'static' && pool.blocks.length === 0)
    missing('pool.blocks', 'pool.mode static needs at least one CIDR block of pod addresses');
  if (pool.mode !== 'static' && pool.blocks.length > 0)
    gaps.push({
      path: 'pool.blocks',
      value: pool.blocks,
      problem: `has no meaning with pool.mode ${pool.mode}; leave it out`,
    });
  if (pool.mode === 'oci' && oci.subnets.length === 0)
    missing('oci.subnets', 'pool.mode oci needs the OCID of a subnet of pod addresses');
  if (pool.mode === 'npn' && npn.file === undefined)
    missing('npn.file', 'pool.mode npn needs the file of the NativePodNetwork');
  if (pool.mode !== 'static' && snat && vcnCidrs.length === 0)
    missing('vcnCidrs', 'snat needs the CIDR blocks of the VCN, to which nothing is translated');
  if (pool.min > pool.max)
    gaps.push({
      path: 'pool.min',
      value: pool.min,
      problem: `is above pool.max (${pool.max}); lower it or raise that`,
    });
  return gaps;
}
