import type { Check } from '../check.ts';

/** Present in the first network namespace only, where this host's is not the first one. */
const advised = [
  { name: 'net/ipv4/neigh/default/gc_thresh3', least: 4096, why: 'a neighbour entry a pod' },
  { name: 'net/netfilter/nf_conntrack_max', least: 131072, why: 'a connection of a pod each' },
];

export const nodeLimits: Check = {
  id: 'node-limits',
  find({ sysctls }) {
    return advised.flatMap(({ name, least, why }) => {
      const value = sysctls.get(name);
      const dotted = name.replaceAll('/', '.');
      if (value === undefined)
        return {
          severity: 'info' as const,
          evidence: `${dotted} cannot be read in this network namespace`,
          remedy: `where it exists, see that it is at least ${least} (${why})`,
        };
      if (Number(value) >= least) return [];
      return {
        severity: 'warning' as const,
        evidence: `${dotted} is ${value}, less than ${least} (${why})`,
        remedy: `set ${dotted}=${least} in /etc/sysctl.d`,
      };
    });
  },
};
