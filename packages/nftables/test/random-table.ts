import type { BaseChain, NamedSet, Rule, Table } from '../src/table.ts';

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

const places: BaseChain[] = [
  { type: 'filter', hook: 'prerouting', priority: -310 },
  { type: 'filter', hook: 'prerouting', priority: -151, policy: 'accept' },
  { type: 'filter', hook: 'forward', priority: 0, policy: 'drop' },
  { type: 'filter', hook: 'input', priority: 7 },
  { type: 'nat', hook: 'postrouting', priority: 110 },
  { type: 'nat', hook: 'prerouting', priority: -90 },
  { type: 'route', hook: 'output', priority: -150 },
];

const anywhere = [
  'iifname "oci*" ip daddr 127.0.0.0/8 drop',
  'iifname "ens3" ct direction original ct mark set ct mark | 0x80',
  'ct direction reply ct mark & 0x80 == 0x80 meta mark set meta mark | 0x80',
  'iifname "oci*" ip daddr 169.254.169.254 udp dport { 53, 123 } accept',
  'iifname "oci*" ip6 daddr fe80::/10 drop',
  'iifname "oci*" ct state new ct direction original ip daddr != @nets fib daddr type != local ct mark set ct mark | 0x80',
  'iifname @links accept',
  'ct state established,related accept',
  'tcp dport 80-90 tcp flags syn / syn,ack counter drop',
  'ip saddr { 10.0.1.0/24, 10.3.0.0/24 } return',
  'meta mark & 0xf0 != 0x0 limit rate 5/second accept',
  'ct state vmap { invalid : drop, new : accept }',
  'log prefix "seen here" level info',
  'ip6 saddr fd00::5 tcp dport 22 jump side',
];
const reject = 'meta l4proto tcp reject with tcp reset';
const prerouting = ['iifname "oci*" fib saddr . iif oif 0 drop'];
const natOnly: Record<string, string> = {
  postrouting: 'oifname @links ct status dnat masquerade fully-random',
  prerouting: 'ip daddr 10.9.0.1 tcp dport 80 dnat ip to 10.0.0.5:8080',
};

/** A table of ours of any shape that the kernel takes. */
export function randomTable(random: (limit: number) => number): Table {
  const some = <T>(items: T[]): T[] => items.filter(() => random(2) === 0);
  const sets: NamedSet[] = [
    { name: 'links', type: 'ifname', elements: some(['ens3', 'ens5', 'ens6']) },
    {
      name: 'nets',
      type: 'ipv4_addr',
      flags: ['interval'],
      elements: some(['10.0.0.0/24', '10.0.1.0/24', '10.0.3.4', '192.168.0.0/16']),
    },
    { name: 'marks', type: 'mark', elements: some(['0x00000080', '0x00004000']) },
    { name: 'six', type: 'ipv6_addr', elements: some(['fd00::1', 'fd00::2']) },
  ];
  const chains = some(places).map((base, index) => ({
    name: `c${index}-${base.hook}`,
    base,
    rules: rulesFor(base, some, random),
  }));
  return {
    family: 'inet',
    name: 'vcn-cni',
    sets,
    chains: [{ name: 'side', rules: [{ text: 'counter' }] }, ...chains],
  };
}

function rulesFor(
  base: BaseChain,
  some: <T>(items: T[]) => T[],
  random: (limit: number) => number,
): Rule[] {
  const nat = natOnly[base.hook];
  const texts = [
    ...some(anywhere),
    ...(base.hook === 'prerouting' ? some(prerouting) : []),
    ...(base.hook === 'forward' ? some([reject]) : []),
    ...(base.type === 'nat' && nat !== undefined ? [nat] : []),
  ].filter((text) => !text.startsWith('iifname') || base.hook !== 'output');
  return texts.map((text) =>
    random(4) === 0 ? { text, comment: `why: ${random(1000)}, see 4.2` } : { text },
  );
}
