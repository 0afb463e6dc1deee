import type { Check } from '../check.ts';

/** Strict reverse path filtering drops NodePort replies; the kernel uses the larger of `all` and the interface. */
export const rpFilter: Check = {
  id: 'rp-filter',
  find({ sysctls, primary }) {
    if (primary === undefined) return [];
    const all = Number(sysctls.get('net/ipv4/conf/all/rp_filter') ?? 0);
    const own = Number(sysctls.get(`net/ipv4/conf/${primary}/rp_filter`) ?? 0);
    if (Math.max(all, own) !== 1) return [];
    return [
      {
        severity: 'error',
        evidence: `rp_filter of ${primary} is 1 (all: ${all}, ${primary}: ${own}): replies of NodePort connections are dropped`,
        remedy: `set net.ipv4.conf.${primary}.rp_filter=2 and remove what sets it to 1`,
      },
    ];
  },
};
