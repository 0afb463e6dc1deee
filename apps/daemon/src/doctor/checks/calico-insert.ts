import type { Check } from '../check.ts';

/** Felix in Insert mode puts an ACCEPT before our jump; only an nftables table of our own is safe from it. */
export const calicoInsert: Check = {
  id: 'calico-insert',
  find({ filter }) {
    const fallback = filter.wanted === 'iptables' || !filter.nftables.available;
    if (!fallback) return [];
    return filter.saves.flatMap(({ backend, text }) => {
      const mangle = text.slice(text.indexOf('*mangle\n')).split('\n');
      const jumps = mangle.filter((line) => line.startsWith('-A PREROUTING '));
      const calico = jumps.findIndex((line) => line.includes('-j cali-PREROUTING'));
      const ours = jumps.findIndex((line) => line.includes('-j VCN-CNI-'));
      if (calico < 0 || (ours >= 0 && ours < calico)) return [];
      return {
        severity: 'error',
        evidence: `Calico's rules stand before ours in mangle PREROUTING (iptables-${backend}): NodePort replies are lost and the metadata guard is passed by`,
        remedy:
          'use the nftables filter, or set ChainInsertMode: Append and IptablesMangleAllowAction: Return in FelixConfiguration',
      };
    });
  },
};
