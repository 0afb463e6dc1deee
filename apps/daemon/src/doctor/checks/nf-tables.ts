import type { Check } from '../check.ts';

/** The iptables fallback holds only where nobody accepts before it. */
export const nfTables: Check = {
  id: 'nf-tables',
  find({ filter }) {
    if (filter.nftables.available || filter.wanted === 'iptables') return [];
    return [
      {
        severity: filter.wanted === 'nftables' ? 'error' : 'warning',
        evidence: `nftables cannot be used: ${filter.nftables.reason ?? 'unknown'}`,
        remedy: 'install nftables and a kernel with nf_tables, or set filter to iptables',
      },
    ];
  },
};
