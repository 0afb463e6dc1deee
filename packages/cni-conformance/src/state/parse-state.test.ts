import { expect, test } from 'vitest';
import { parseState } from './parse-state.ts';

const section = (name: string, body: unknown) =>
  `\n@@ ${name}\n${typeof body === 'string' ? body : JSON.stringify(body)}`;

test('what moves by itself is left out', () => {
  const link = (over: object) =>
    parseState(
      'host',
      section('link', [{ ifname: 'eth0', mtu: 1500, address: '02:00:00:00:00:01', ...over }]),
    );
  const still = link({ ifindex: 2, operstate: 'DOWN', flags: ['BROADCAST', 'UP'] });
  expect(still).toEqual(['host link eth0 mtu 1500 address 02:00:00:00:00:01 flags UP']);
  expect(link({ ifindex: 9, operstate: 'UP', flags: ['LOWER_UP', 'UP'] })).toEqual(still);
  expect(link({ mtu: 9000, ifindex: 2, flags: ['UP'] })).not.toEqual(still);
});

test('addresses and routes that the kernel gives a link are no state', () => {
  const addresses = [
    { local: '127.0.0.1', prefixlen: 8, scope: 'host' },
    { local: 'fe80::1', prefixlen: 64 },
    { local: '10.0.0.2', prefixlen: 24, scope: 'global', valid_life_time: 4294967295 },
  ];
  const routes = [
    { dst: 'fe80::/64', dev: 'eth0', protocol: 'kernel' },
    { dst: 'default', gateway: '10.0.0.1', dev: 'eth0', flags: ['onlink', 'linkdown'] },
    { type: 'local', dst: '10.0.0.2', dev: 'eth0', table: 'local' },
  ];
  const text =
    section('address', [{ ifname: 'eth0', addr_info: addresses }]) + section('route4', routes);
  expect(parseState('c1', text)).toEqual([
    'c1 address eth0 10.0.0.2/24 scope global',
    'c1 route default gateway 10.0.0.1 dev eth0 flags onlink',
  ]);
});

test('rules come with their table and chain, those of iptables by its own words', () => {
  const nft = {
    nftables: [
      { table: { family: 'ip', name: 'nat', handle: 1 } },
      { chain: { family: 'ip', table: 'nat', name: 'CNI', handle: 1 } },
      {
        rule: {
          ...{ family: 'ip', table: 'nat', chain: 'CNI', handle: 2 },
          expr: [{ counter: { packets: 5, bytes: 400 } }, { accept: null }],
        },
      },
      {
        rule: {
          ...{ family: 'ip', table: 'nat', chain: 'CNI', handle: 3 },
          expr: [{ xt: { type: 'match', name: 'comment' } }],
        },
      },
    ],
  };
  const save = '# Generated\n*nat\n:CNI - [5:400]\n-A CNI -j ACCEPT\nCOMMIT\n';
  expect(parseState('host', section('nft', nft) + section('iptables', save))).toEqual([
    'host iptables nat -A CNI -j ACCEPT',
    'host iptables nat :CNI -',
    'host nft chain ip nat CNI',
    'host nft rule ip nat CNI: counter accept',
    'host nft table ip nat',
  ]);
});

test('settings and queues are lines of their own', () => {
  const text =
    section('sysctl', './ipv4/ip_forward:1\n./ipv4/conf/eth0.5/rp_filter:2') +
    section(
      'qdisc',
      'qdisc noqueue 0: dev lo root refcnt 2 \nqdisc tbf 1: dev eth0 root refcnt 2 rate 8Mbit',
    ) +
    section('filter eth0 ingress', 'filter protocol all pref 1 matchall');
  expect(parseState('host', text)).toEqual([
    'host filter eth0 ingress filter protocol all pref 1 matchall',
    'host qdisc tbf 1: dev eth0 root rate 8Mbit',
    'host sysctl net.ipv4.conf.eth0.5.rp_filter=2',
    'host sysctl net.ipv4.ip_forward=1',
  ]);
});
