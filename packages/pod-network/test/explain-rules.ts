import {
  aNetwork,
  anAddress,
  type Disturbance,
  type FamilyName,
  families,
  pick,
  type Random,
} from './explain-lots.ts';
import { at } from './filter-addressing.ts';

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

export function nftRules(random: Random, id: string): Disturbance {
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

export function iptablesRules(random: Random): Disturbance {
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
