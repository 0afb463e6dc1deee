import { renderRuleset } from '@vcn-cni/iptables';
import { renderTable } from '@vcn-cni/nftables';
import { chainOwner, planFilter } from '../src/filter/index.ts';
import type { NodeFacts } from '../src/node.ts';
import { defaultSettings } from '../src/settings.ts';
import type { StationName } from './explain-capture.ts';
import { at } from './filter-addressing.ts';

type Random = () => number;
type FamilyName = 'inet' | 'inet6';

/** mulberry32: the same states every time, told by their seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!;

/** A change of the laboratory and what takes it back; both are shell commands. */
export interface Disturbance {
  where: StationName;
  make: string;
  undo: string;
}

/** The addresses that somebody in the laboratory answers for, and by whom. */
export const served: Record<FamilyName, Record<StationName, string[]>> = {
  inet: {
    host: [at.inet.primary, '10.88.64.11'],
    podA: [at.inet.podA],
    podB: [at.inet.podB],
    fabric: [at.inet.outside, at.inet.remotePod, at.inet.metadata, '10.88.0.1'],
  },
  inet6: {
    host: [at.inet6.primary, 'fd00:88:0:1::11'],
    podA: [at.inet6.podA],
    podB: [at.inet6.podB],
    fabric: [at.inet6.outside, at.inet6.remotePod, at.inet6.metadata, 'fd00:88::1'],
  },
};

const families: FamilyName[] = ['inet', 'inet6'];
const hostLinks = ['ens3', 'ens5', 'ocipoda', 'ocipodb'];

function anAddress(random: Random, family: FamilyName): string {
  return pick(random, Object.values(served[family]).flat());
}

function aNetwork(random: Random, family: FamilyName): string {
  const address = anAddress(random, family);
  if (random() < 0.5) return `${address}/${family === 'inet' ? 32 : 128}`;
  const wide =
    family === 'inet'
      ? ['10.88.65.0/24', '10.88.0.0/16', '203.0.113.0/24', '10.88.66.0/25']
      : ['fd00:88:0:2::/64', 'fd00:88::/48', '2001:db8::/64', 'fd00:88:0:66::/96'];
  return pick(random, wide);
}

export interface Ask {
  protocol: 'udp' | 'tcp' | 'icmp';
  from: StationName;
  /** Absent: whichever the kernel chooses; tcp leaves it to the kernel always. */
  source?: string;
  destination: string;
  port: number;
}

export function randomAsk(random: Random, protocol: Ask['protocol']): Ask {
  const family = pick(random, families);
  const from = pick(random, ['host', 'podA', 'podA', 'podB', 'fabric', 'fabric'] as const);
  const spoofs = from === 'podA' && random() < 0.15;
  const own = spoofs ? at[family].foreign : pick(random, served[family][from]);
  const source = protocol === 'tcp' ? {} : { source: own };
  const roll = random();
  if (roll < 0.25) {
    const port = pick(random, [30080, 30081]);
    return { protocol, from, ...source, destination: at[family].primary, port };
  }
  const destination = roll < 0.35 ? at[family].service : anAddress(random, family);
  return { protocol, from, ...source, destination, port: 8080 };
}

/** A few changes at once, each from the vocabulary that is to be predicted. */
export function randomDisturbances(random: Random, state: number, node: NodeFacts): Disturbance[] {
  const count = 1 + Math.floor(random() * 6);
  const kinds = [
    filterOfOurs,
    sysctl,
    sysctl,
    rule,
    rule,
    ruleGone,
    route,
    route,
    nftRules,
    iptablesRules,
    neighbour,
    link,
  ];
  const others = Array.from({ length: count }, (_, at) =>
    pick(random, kinds)(random, `${state}x${at}`, node),
  );
  return [strictness(random), ...others];
}

/** The datapath's own filter in either form; together they do the same twice. */
function filterOfOurs(random: Random, _id: string, node: NodeFacts): Disturbance {
  const plan = planFilter(node, defaultSettings);
  if (random() < 0.5) {
    const make = `nft -f - <<'END'\n${renderTable(plan.nftables)}END`;
    return { where: 'host', make, undo: `nft delete table inet ${plan.nftables.name}` };
  }
  const family = pick(random, families);
  const command = family === 'inet' ? 'iptables' : 'ip6tables';
  const input = renderRuleset(plan.iptables[family], chainOwner, []);
  return {
    where: 'host',
    make: `${command}-restore --noflush <<'END'\n${input}END`,
    undo: ['raw', 'mangle', 'nat']
      .map((t) => `${command} -t ${t} -F; ${command} -t ${t} -X`)
      .join('\n'),
  };
}

/** rp_filter of every link of the node at once. */
function strictness(random: Random): Disturbance {
  const path = (name: string) => `/proc/sys/net/ipv4/conf/${name}/rp_filter`;
  const set = ['all', ...hostLinks].map((name) => {
    const value = pick(random, name === 'all' ? ['0', '0', '0', '1', '2'] : ['0', '1', '2']);
    return `echo ${value} >${path(name)}`;
  });
  const back = ['all', ...hostLinks].map((name) => {
    const value = name === 'ens3' || name === 'ens5' ? 2 : 0;
    return `echo ${value} >${path(name)}`;
  });
  return { where: 'host', make: set.join('; '), undo: back.join('; ') };
}

function sysctl(random: Random): Disturbance {
  const where = pick(random, ['host', 'host', 'host', 'podA', 'fabric'] as const);
  const names = {
    host: ['all', ...hostLinks],
    podA: ['eth0'],
    podB: ['eth0'],
    fabric: ['f3', 'f5'],
  };
  const name = pick(random, names[where]);
  const [key, values] = pick(random, [
    ['rp_filter', ['0', '1', '2']],
    ['rp_filter', ['1', '2']],
    ['forwarding', ['0', '1']],
    ['accept_local', ['0', '1']],
    ['src_valid_mark', ['0', '1']],
    ['arp_ignore', ['0', '1']],
    ['proxy_arp', ['0', '1']],
  ] as const);
  const path = `/proc/sys/net/ipv4/conf/${name}/${key}`;
  // "all" of forwarding is written to every interface.
  if (name === 'all' && key === 'forwarding') return sysctl(random);
  const value = pick(random, values);
  return {
    where,
    make: `cat ${path} >/run/old.${where}.${name}.${key}; echo ${value} >${path}`,
    undo: `cat /run/old.${where}.${name}.${key} >${path}`,
  };
}

function rule(random: Random): Disturbance {
  const family = pick(random, families);
  const ip = family === 'inet' ? 'ip' : 'ip -6';
  const selector = pick(random, [
    () => `from ${aNetwork(random, family)}`,
    () => `to ${aNetwork(random, family)}`,
    () => `iif ${pick(random, [...hostLinks, 'lo'])}`,
    () => `fwmark ${pick(random, ['0x80/0x80', '0x1', '0/0x80'])}`,
    () => `from ${aNetwork(random, family)} to ${aNetwork(random, family)}`,
  ])();
  const action = pick(random, [
    'table main',
    'table 1000',
    'table 1001',
    'table main suppress_prefixlength 0',
    'table main suppress_prefixlength 24',
    'unreachable',
    'blackhole',
    'prohibit',
  ]);
  const text = `pref ${pick(random, [100, 600, 1200, 2000])} ${selector} ${action}`;
  return { where: 'host', make: `${ip} rule add ${text}`, undo: `${ip} rule del ${text}` };
}

/** One of the rules that make the datapath is missing. */
function ruleGone(random: Random): Disturbance {
  const ip = pick(random, ['ip', 'ip -6']);
  const priority = pick(random, [512, 1024, 1535, 1536]);
  const file = `/run/rules.${ip.length}.${priority}`;
  const again = `${ip} rule save >${file}; while ${ip} rule del pref ${priority} 2>/dev/null; do :; done`;
  return {
    where: 'host',
    make: `test -e ${file} || { ${again}; }`,
    undo: `test ! -e ${file} || { ${ip} rule flush; ${ip} rule restore <${file} 2>/dev/null; rm ${file}; }`,
  };
}

function route(random: Random, id: string): Disturbance {
  const where = pick(random, ['host', 'host', 'host', 'podA', 'fabric'] as const);
  const family = pick(random, families);
  const ip = family === 'inet' ? 'ip' : 'ip -6';
  const links = { host: hostLinks, podA: ['eth0'], podB: ['eth0'], fabric: ['f3', 'f5'] }[where];
  const via = family === 'inet' ? '10.88.0.1' : 'fd00:88::1';
  const target = pick(random, [
    () => `dev ${pick(random, links)}`,
    () =>
      `via ${where === 'host' ? via : anAddress(random, family)} dev ${pick(random, links)} onlink`,
    () => '',
  ])();
  const type =
    target === '' ? `${pick(random, ['unreachable', 'blackhole', 'prohibit', 'throw'])} ` : '';
  const table = where === 'host' ? pick(random, [254, 1000, 1001]) : 254;
  const metric = 100 + Number(id.split('x')[1]);
  const text = `${type}${aNetwork(random, family)} ${target} table ${table} metric ${metric}`;
  return { where, make: `${ip} route add ${text}`, undo: `${ip} route del ${text}` };
}

/** A frame to a MAC that nobody has. The right entries come back with `adjacency`. */
function neighbour(random: Random): Disturbance {
  const family = pick(random, families);
  const [where, link, address] = pick(random, [
    ['host', 'ocipoda', at[family].podA],
    ['host', 'ens3', family === 'inet' ? '10.88.0.1' : 'fd00:88::1'],
    ['podA', 'eth0', family === 'inet' ? '169.254.1.1' : 'fe80::1'],
  ] as const);
  const make = `ip neigh replace ${address} lladdr 02:00:00:00:00:99 dev ${link} nud permanent`;
  return { where, make, undo: '' };
}

/** Without the carrier nothing of the host's own state changes. */
function link(): Disturbance {
  return {
    where: 'podB',
    make: 'ip link set eth0 down',
    undo: `ip link set eth0 up
      ip route replace default via 169.254.1.1 dev eth0 onlink
      ip -6 addr replace fd00:88:0:2::6/128 dev eth0 nodad
      ip -6 route replace default via fe80::1 dev eth0`,
  };
}

/** Permanent entries for all that are next to each other: what one packet learns must not help the next. */
export function adjacency(where: StationName, mac: (station: StationName, link: string) => string) {
  const entry = (address: string, link: string, station: StationName, end: string) =>
    `ip neigh replace ${address} lladdr ${mac(station, end)} dev ${link} nud permanent`;
  const vnics = [
    ['ens3', 'f3', '10.88.0.', 'fd00:88::'],
    ['ens5', 'f5', '10.88.64.', 'fd00:88:0:1::'],
  ] as const;
  if (where === 'podA' || where === 'podB') {
    const end = where === 'podA' ? 'ocipoda' : 'ocipodb';
    return ['169.254.1.1', 'fe80::1'].map((hop) => entry(hop, 'eth0', 'host', end)).join('\n');
  }
  if (where === 'fabric') {
    return vnics
      .flatMap(([link, end, ...nets]) => nets.map((net) => entry(`${net}11`, end, 'host', link)))
      .join('\n');
  }
  const pods = (['podA', 'podB'] as const).flatMap((pod) =>
    families.map((f) => entry(at[f][pod], pod === 'podA' ? 'ocipoda' : 'ocipodb', pod, 'eth0')),
  );
  const routers = vnics.flatMap(([link, end, ...nets]) =>
    nets.map((net) => entry(`${net}1`, link, 'fabric', end)),
  );
  return [...pods, ...routers].join('\n');
}

const nftHooks = [
  ['filter', 'prerouting', -310],
  ['filter', 'prerouting', -120],
  ['filter', 'input', 0],
  ['filter', 'forward', 0],
  ['filter', 'output', 0],
  ['route', 'output', -150],
  ['filter', 'postrouting', 50],
  ['nat', 'prerouting', -100],
  ['nat', 'prerouting', -90],
  ['nat', 'output', -100],
  ['nat', 'postrouting', 100],
  ['nat', 'postrouting', 110],
] as const;

function nftRules(random: Random, id: string): Disturbance {
  const [type, hook, priority] = pick(random, nftHooks);
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    nftLine(random, type, hook),
  );
  const where = pick(random, ['host', 'host', 'host', 'podA', 'fabric'] as const);
  const policy = type === 'filter' && random() < 0.1 ? 'drop' : 'accept';
  return {
    where,
    make: `nft -f - <<'END'
table inet random${id} {
  set some4 { type ipv4_addr; flags interval; elements = { 10.88.65.0/24, 203.0.113.50 } }
  set some6 { type ipv6_addr; flags interval; elements = { fd00:88:0:2::/64, 2001:db8::50 } }
  chain side {
    meta mark 0x1 return
    ${type === 'nat' ? 'accept' : 'udp dport 8080 drop'}
  }
  chain base { type ${type} hook ${hook} priority ${priority}; policy ${policy};
    ${lines.join('\n    ')}
  }
}
END`,
    undo: `nft delete table inet random${id}`,
  };
}

function nftLine(random: Random, type: string, hook: string): string {
  const family = pick(random, families);
  const ip = family === 'inet' ? 'ip' : 'ip6';
  const matches: (() => string)[] = [
    () => `${ip} saddr ${aNetwork(random, family)}`,
    () => `${ip} daddr != ${anAddress(random, family)}`,
    () => `${ip} saddr @some${family === 'inet' ? 4 : 6}`,
    () => `${ip} daddr { ${anAddress(random, family)}, ${at[family].service} }`,
    () =>
      `udp dport ${pick(random, ['8080', '{ 30080, 8080 }', '8000-9000', '!= 8080', '>= 9000'])}`,
    () => 'meta l4proto udp',
    () => 'meta l4proto . th dport { tcp . 8080, udp . 8080 }',
    () => `meta mark & 0x81 == ${pick(random, ['0x80', '0x0', '0x1'])}`,
    () => `ct state ${pick(random, ['new', 'established,related', '!= new'])}`,
    () => `ct direction ${pick(random, ['original', 'reply'])}`,
    () => `ct mark & 0x80 == ${pick(random, ['0x80', '0x0'])}`,
    () => `ct status ${pick(random, ['dnat', 'snat'])}`,
    () => 'ct state invalid',
    () => `ct original ${ip} daddr ${anAddress(random, family)}`,
    () =>
      `${family === 'inet' ? 'icmp' : 'icmpv6'} type ${pick(random, ['echo-request', 'echo-reply'])}`,
    () => `tcp flags ${pick(random, ['syn / syn,ack', 'syn,ack / syn,ack'])}`,
    ...(hook === 'output' ? [() => `meta skuid ${pick(random, ['0', '1337', '!= 0'])}`] : []),
    () => `fib daddr type ${pick(random, ['local', '!= local', 'unicast'])}`,
    ...(hook === 'prerouting'
      ? [() => `fib saddr . iif oif ${pick(random, ['0', 'missing', 'exists'])}`]
      : []),
    ...(hook === 'prerouting' || hook === 'forward' || hook === 'input'
      ? [() => `iifname ${pick(random, ['"oci*"', '"ens3"', '{ "ens5", "eth0" }', '"f*"'])}`]
      : []),
    ...(hook === 'postrouting' || hook === 'forward' || hook === 'output'
      ? [() => `oifname ${pick(random, ['"oci*"', '"ens3"', '{ "ens5", "eth0" }', '!= "lo"'])}`]
      : []),
  ];
  const chosen = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
    pick(random, matches)(),
  );
  return `${chosen.join(' ')} ${nftAction(random, type, hook, family)}`;
}

function nftAction(random: Random, type: string, hook: string, family: FamilyName): string {
  const ip = family === 'inet' ? 'ip' : 'ip6';
  if (type !== 'nat') {
    return pick(random, [
      'drop',
      'accept',
      'meta mark set meta mark | 0x80',
      'meta mark set 0x1',
      'ct mark set ct mark | 0x80',
      'meta mark set ct mark',
      'jump side',
      'goto side',
      ...(hook === 'prerouting' ? [] : ['reject']),
      'counter',
      'numgen random mod 2 vmap { 0 : drop, 1 : accept }',
      `${ip} daddr vmap { ${anAddress(random, family)} : drop }`,
    ]);
  }
  const port = random() < 0.5 ? ':8080' : '';
  const address = anAddress(random, family);
  const to = family === 'inet' || port === '' ? address : `[${address}]`;
  const guard = `${ip} version ${family === 'inet' ? 4 : 6} `;
  // A port needs a protocol that has some.
  const transport = 'meta l4proto udp ';
  if (hook === 'postrouting') {
    return pick(random, [
      'masquerade',
      'masquerade fully-random',
      `${guard}snat ${ip} to ${address}`,
      'accept',
    ]);
  }
  return pick(random, [
    `${guard}${transport}dnat ${ip} to ${to}${port}`,
    `${transport}redirect to :8080`,
    `${guard}meta l4proto udp dnat ${ip} to numgen random mod 2 map { 0 : ${address}, 1 : ${at[family].podB} }`,
    'accept',
  ]);
}

function iptablesRules(random: Random): Disturbance {
  const family = pick(random, families);
  const command = family === 'inet' ? 'iptables' : 'ip6tables';
  const where = pick(random, ['host', 'host', 'host', 'podA', 'fabric'] as const);
  const [table, chain] = pick(random, [
    ['raw', 'PREROUTING'],
    ['mangle', 'PREROUTING'],
    ['mangle', 'FORWARD'],
    ['mangle', 'OUTPUT'],
    ['filter', 'INPUT'],
    ['filter', 'FORWARD'],
    ['filter', 'OUTPUT'],
    ['nat', 'PREROUTING'],
    ['nat', 'OUTPUT'],
    ['nat', 'POSTROUTING'],
  ] as const);
  const own = 'RANDOM';
  const line = (to: string) =>
    `${command} -t ${table} -A ${to} ${iptablesLine(random, table, chain, family)}`;
  const direct = Array.from({ length: 1 + Math.floor(random() * 2) }, () => line(chain));
  const verb = pick(random, ['-j', '-g']);
  const nested = [`${command} -t ${table} -N ${own}`, line(own), line(own)];
  const jump = `${command} -t ${table} -A ${chain} ${verb} ${own}`;
  const make = random() < 0.3 ? [...nested, jump, ...direct] : direct;
  const clean = `${command} -t ${table} -F ${chain}; ${command} -t ${table} -F ${own}; ${command} -t ${table} -X ${own}`;
  return { where, make: make.join('\n'), undo: `{ ${clean}; } 2>/dev/null` };
}

function iptablesLine(random: Random, table: string, chain: string, family: FamilyName): string {
  const matches: (() => string)[] = [
    () => `-s ${aNetwork(random, family)}`,
    () => `! -d ${aNetwork(random, family)}`,
    () => `-p udp -m udp --dport ${pick(random, ['8080', '8000:9000', '30080'])}`,
    () => '-p udp -m multiport ! --dports 30080,30081',
    () => `-m mark --mark ${pick(random, ['0x80/0x80', '0x0/0x80', '0x1'])}`,
    ...(table === 'raw'
      ? []
      : [
          () => `-m conntrack --ctstate ${pick(random, ['NEW', 'RELATED,ESTABLISHED', 'DNAT'])}`,
          () => `-m conntrack --ctdir ${pick(random, ['ORIGINAL', 'REPLY'])}`,
          () => '-m connmark --mark 0x80/0x80',
          () => `-m conntrack --ctstate INVALID`,
          () => `-m conntrack --ctorigdst ${anAddress(random, family)}`,
        ]),
    () => `-m addrtype --dst-type ${pick(random, ['LOCAL', 'UNICAST'])}`,
    () => '-m addrtype ! --src-type LOCAL',
    () => '-m statistic --mode random --probability 0.5',
    () => `-p ${family === 'inet' ? 'icmp' : 'ipv6-icmp'}`,
    () => '-p tcp -m tcp --tcp-flags SYN,ACK SYN',
    () =>
      family === 'inet' ? '-m iprange --src-range 10.88.65.1-10.88.65.5' : '-m comment --comment x',
    ...(chain === 'OUTPUT' ? [() => `-m owner ${pick(random, ['', '! '])}--uid-owner 0`] : []),
    ...(chain === 'PREROUTING' || chain === 'FORWARD' || chain === 'INPUT'
      ? [() => `${pick(random, ['', '! '])}-i ${pick(random, ['oci+', 'ens3', 'eth0', 'f3'])}`]
      : []),
    ...(chain === 'PREROUTING' && table !== 'nat'
      ? [() => `-m rpfilter ${pick(random, ['--invert', '--loose', '--validmark --invert'])}`]
      : []),
  ];
  const match = pick(random, matches)();
  const address = anAddress(random, family);
  if (table === 'nat') {
    const target =
      chain === 'POSTROUTING'
        ? pick(random, [
            '-j MASQUERADE',
            '-j MASQUERADE --random-fully',
            `-j SNAT --to-source ${address}`,
            '-j ACCEPT',
          ])
        : pick(random, [`-j DNAT --to-destination ${address}`, '-j REDIRECT', '-j ACCEPT']);
    return `${match} ${target}`;
  }
  const marks =
    table === 'mangle'
      ? [
          '-j MARK --set-xmark 0x80/0x80',
          '-j MARK --set-xmark 0x1/0xffffffff',
          '-j CONNMARK --restore-mark --nfmask 0x80 --ctmask 0x80',
          '-j CONNMARK --set-xmark 0x80/0x80',
        ]
      : [];
  const notrack = table === 'raw' ? ['-j CT --notrack'] : [];
  const reject = table === 'filter' ? ['-j REJECT'] : [];
  return `${match} ${pick(random, ['-j DROP', '-j ACCEPT', '-j RETURN', ...marks, ...notrack, ...reject])}`;
}
