import type { Jump, OwnedChain, Ruleset } from '../src/index.ts';

/** Reproducible numbers below `limit` (mulberry32). */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

const rules: Record<OwnedChain['table'], string[]> = {
  raw: ['-i oci+ -m rpfilter --invert -j DROP', '-i oci+ -p udp -m udp --dport 5:9 -j RETURN'],
  mangle: [
    '-i ens3 -m conntrack --ctdir ORIGINAL -j CONNMARK --set-xmark 0x80/0x80',
    '-m conntrack --ctdir REPLY -m connmark --mark 0x80/0x80 -j CONNMARK --restore-mark --nfmask 0x80 --ctmask 0x80',
    '-j MARK --set-xmark 0x80/0x80',
  ],
  nat: [
    '-m connmark --mark 0x80/0x80 -m conntrack --ctstate DNAT --ctdir ORIGINAL -j RETURN',
    '-m mark --mark 0x80/0x80 -m comment --comment "why \\"so\\": 4.2" -j RETURN',
  ],
  filter: [
    '-i oci+ -j ACCEPT',
    '-p tcp -m tcp --dport 80 -j REJECT --reject-with tcp-reset',
    '! -i ens3 -m addrtype --dst-type LOCAL -j RETURN',
  ],
};
const froms: Record<OwnedChain['table'], Jump['from'][]> = {
  raw: ['PREROUTING'],
  mangle: ['PREROUTING', 'FORWARD', 'POSTROUTING'],
  nat: ['PREROUTING', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};
export const tables = ['raw', 'mangle', 'nat', 'filter'] as const;

/** Chains and jumps of any shape that the kernel takes. */
export function randomRuleset(owner: string, random: (limit: number) => number): Ruleset {
  const some = <T>(items: readonly T[]): T[] => items.filter(() => random(2) === 0);
  const ruleset: Ruleset = { chains: [], jumps: [] };
  for (const table of some(tables)) {
    const names = some(['A', 'B', 'LONG-NAME']).map((name) => `${owner}${name}`);
    ruleset.chains.push(...names.map((name) => ({ table, name, rules: some(rules[table]) })));
    if (names.length === 0) continue;
    for (const from of some(froms[table])) {
      const to = names[random(names.length)]!;
      ruleset.jumps.push({ table, from, to, position: random(2) === 0 ? 'first' : 'last' });
    }
  }
  return ruleset;
}
