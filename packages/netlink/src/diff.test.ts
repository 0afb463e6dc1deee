import { expect, test } from 'vitest';
import { diff } from './diff.ts';
import { emptyState } from './empty-state.ts';
import { formatOperation } from './format.ts';
import { ownedBy } from './ownership.ts';
import type { ActualState, LinkFact, WantedState } from './state.ts';

const link = (name: string, more: Partial<LinkFact> = {}): LinkFact => ({
  name,
  index: name.charCodeAt(0),
  kind: 'veth',
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  up: true,
  running: true,
  group: 0,
  ...more,
});
const state = (parts: Partial<ActualState>): ActualState => ({ ...emptyState(), ...parts });
const mine = ownedBy({ aliasPrefix: 'mine/', protocols: [184] });
const text = (actual: ActualState, wanted: Partial<WantedState>): string[] =>
  diff(actual, { ...emptyState(), ...wanted }, mine).map(formatOperation);

test('nothing is deleted but what is owned', () => {
  const actual = state({
    links: [link('a', { alias: 'mine/1' }), link('b', { alias: 'theirs' }), link('c')],
    addresses: [
      { link: 'a', address: '10.0.0.1/32' },
      { link: 'b', address: '10.0.0.2/32' },
    ],
    routes: [
      { family: 'inet', destination: '10.1.0.0/16', link: 'b', protocol: 184 },
      { family: 'inet', destination: '10.2.0.0/16', link: 'b', protocol: 80 },
    ],
    rules: [
      { family: 'inet', priority: 5, action: 'unreachable', protocol: 184 },
      { family: 'inet', priority: 6, action: 'unreachable', protocol: 80 },
    ],
  });
  expect(text(actual, {})).toEqual([
    'ip -4 rule delete priority 5 from all unreachable protocol 184',
    'ip -4 route delete 10.1.0.0/16 dev b table 254 proto 184 metric 0',
    'ip link delete dev a',
  ]);
  expect(diff(actual, emptyState())).toEqual([]);
});

test('a new link is set up before it is up, and used after', () => {
  const wanted: Partial<WantedState> = {
    links: [{ name: 'a', kind: 'veth', up: true, alias: 'mine/1', peer: { name: 'p' } }],
    addresses: [{ link: 'a', address: '10.0.0.1/32' }],
    routes: [{ family: 'inet', destination: '10.1.0.0/16', link: 'a' }],
    neighbours: [{ link: 'a', address: '10.1.0.1', mac: '02:00:00:00:00:09' }],
    sysctls: [{ name: 'net/ipv4/conf/a/rp_filter', value: '1' }],
  };
  expect(
    text(emptyState(), wanted).map((line) => line.replace(/ (10|net|name|dev).*/, '')),
  ).toEqual([
    'ip link add',
    'sysctl -w',
    'ip -4 address replace',
    'ip link set',
    'ip -4 neighbour replace',
    'ip -4 route replace',
  ]);
});

test('what a deletion takes along is put back in the same pass', () => {
  const route = {
    family: 'inet',
    destination: '10.1.0.0/16',
    link: 'a',
    table: 7,
    protocol: 184,
  } as const;
  const actual = state({
    links: [link('a', { alias: 'mine/1' })],
    addresses: [{ link: 'a', address: '10.0.0.1/32' }],
    routes: [route],
  });
  expect(text(actual, { links: [{ name: 'a' }], routes: [route] })).toEqual([
    'ip -4 address delete 10.0.0.1/32 dev a',
    'ip -4 route replace 10.1.0.0/16 dev a table 7 proto 184 metric 0 scope link',
  ]);
});

test('an IPv4 address whose scope differs is replaced, an IPv6 one changed in place', () => {
  const actual = state({
    links: [link('a')],
    addresses: [
      { link: 'a', address: '10.0.0.1/32' },
      { link: 'a', address: 'fd00::1/128' },
    ],
  });
  const addresses = [
    { link: 'a', address: '10.0.0.1/32', scope: 'link' },
    { link: 'a', address: 'fd00::1/128', nodad: true },
  ] as const;
  expect(text(actual, { addresses: [...addresses] })).toEqual([
    'ip -4 address delete 10.0.0.1/32 dev a',
    'ip -4 address replace 10.0.0.1/32 dev a scope link',
    'ip -6 address replace fd00::1/128 dev a scope global nodad',
  ]);
});

test('a rule of another protocol is replaced, new before old', () => {
  const rule = { family: 'inet', priority: 512, action: 'lookup', table: 1000 } as const;
  const owned = ownedBy({ aliasPrefix: 'mine/', protocols: [183, 184] });
  const actual = state({ rules: [{ ...rule, protocol: 183 }] });
  const wanted = { ...emptyState(), rules: [{ ...rule, protocol: 184 }] };
  expect(diff(actual, wanted, owned).map(({ op }) => op)).toEqual(['rule.put', 'rule.delete']);
});

test('a link of another kind is replaced only if it is ours', () => {
  const wanted: Partial<WantedState> = { links: [{ name: 'a', kind: 'bridge' }] };
  const ours = state({ links: [link('a', { alias: 'mine/1' })] });
  expect(text(ours, wanted)).toEqual(['ip link delete dev a', 'ip link add name a type bridge']);
  expect(text(state({ links: [link('a')] }), wanted)[0]).toBe('ip link add name a type bridge');
});

test('equal things in other words are equal', () => {
  const actual = state({
    links: [link('a')],
    addresses: [{ link: 'a', address: 'fd00::1/128' }],
    routes: [
      {
        family: 'inet6',
        destination: 'fd01::/64',
        link: 'a',
        table: 254,
        priority: 1024,
        protocol: 3,
      },
    ],
    rules: [
      { family: 'inet', priority: 5, action: 'lookup', table: 254, fwmark: 1, fwmask: 0xffff_ffff },
    ],
  });
  const wanted: Partial<WantedState> = {
    links: [{ name: 'a', mac: '02:00:00:00:00:01', alias: '' }],
    addresses: [{ link: 'a', address: 'FD00:0::1/128', scope: 'global' }],
    routes: [{ family: 'inet6', destination: 'fd01::5/64', link: 'a' }],
    rules: [{ family: 'inet', priority: 5, action: 'lookup', fwmark: 1, from: '0.0.0.0/0' }],
  };
  expect(text(actual, wanted)).toEqual([]);
});

test.each([
  [{ addresses: [{ link: 'a', address: '10.0.0.1' }] }, 'address.address: "10.0.0.1"'],
  [{ routes: [{ family: 'inet', destination: 'x/8' }] }, 'route.destination: "x"'],
  [
    { routes: [{ family: 'inet', destination: '10.0.0.0/8', gateway: 'gw' }] },
    'route.gateway: "gw"',
  ],
  [{ rules: [{ family: 'inet', priority: 1, action: 'lookup', from: 'y/8' }] }, 'rule.from: "y"'],
  [{ neighbours: [{ link: 'a', address: '10.0.0.1', mac: '02' }] }, 'neighbour.mac: "02"'],
  [
    { sysctls: [{ name: 'net/../../etc/passwd', value: '' }] },
    'sysctl.name: "net/../../etc/passwd"',
  ],
] as [Partial<WantedState>, string][])('bad input %j is named', (wanted, message) => {
  expect(() => text(emptyState(), wanted)).toThrow(message);
});
