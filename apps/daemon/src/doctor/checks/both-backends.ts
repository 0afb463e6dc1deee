import type { Check } from '../check.ts';

/** Rules in iptables-nft and iptables-legacy at once: each is traversed, nobody sees both. */
export const bothBackends: Check = {
  id: 'both-backends',
  find({ filter }) {
    const counts = filter.saves.map(({ backend, text }) => ({
      backend,
      rules: text.split('\n').filter((line) => line.startsWith('-A ')).length,
    }));
    const sum = (wanted: string) =>
      counts
        .filter(({ backend }) => backend === wanted)
        .reduce((total, { rules }) => total + rules, 0);
    const [nft, legacy] = [sum('nft'), sum('legacy')];
    if (nft === 0 || legacy === 0) return [];
    return [
      {
        severity: 'warning',
        evidence: `iptables-nft holds ${nft} rules and iptables-legacy ${legacy}: both decide about every packet`,
        remedy:
          'make all programs of this node use one backend (update-alternatives --config iptables) and flush the other',
      },
    ];
  },
};
