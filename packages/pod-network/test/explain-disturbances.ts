import { renderRuleset } from '@vcn-cni/iptables';
import { renderTable } from '@vcn-cni/nftables';
import { chainOwner, planFilter } from '../src/filter/index.ts';
import type { NodeFacts } from '../src/node.ts';
import { defaultSettings } from '../src/settings.ts';
import type { StationName } from './explain-capture.ts';
import {
  aNetwork,
  anAddress,
  type Disturbance,
  families,
  hostLinks,
  pick,
  type Random,
} from './explain-lots.ts';
import { iptablesRules, nftRules } from './explain-rules.ts';
import { at } from './filter-addressing.ts';

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
