import type { ActualState, RouteSpec, RuleSpec } from '@vcn-cni/netlink';
import { expect, it } from 'vitest';
import { openSpace } from '../space.ts';
import { CannotJudge } from '../trail.ts';
import { lookup, type RouteQuery } from './lookup.ts';
import { linkSource } from './source-address.ts';

const main: RuleSpec = { family: 'inet', priority: 32766, action: 'lookup', table: 254 };
const via = (destination: string, link: string, more: Partial<RouteSpec> = {}): RouteSpec => ({
  family: destination.includes(':') ? 'inet6' : 'inet',
  destination,
  link,
  ...more,
});

function space(rules: RuleSpec[], routes: RouteSpec[], more: Partial<ActualState> = {}) {
  const links = ['a', 'b', 'down'].map((name, at) => ({
    name,
    index: at,
    mtu: 1500,
    up: name !== 'down',
    running: true,
    group: 0,
  }));
  const network = { links, addresses: [], neighbours: [], sysctls: [], routes, rules, ...more };
  const host = { name: 'n', root: 'n', namespaces: [], vnics: [] };
  const kernel = { peers: {}, iptables: { inet: [], inet6: [] }, nftables: null };
  return openSpace(host, { name: 'n', network, ...kernel });
}

function way(rules: RuleSpec[], routes: RouteSpec[], query: Partial<RouteQuery> = {}): string {
  const all = { family: 'inet', destination: '10.0.0.1', iif: 'lo', mark: 0, ...query } as const;
  const answer = lookup(space(rules, routes), all);
  return answer.found ? `${answer.route.link} by ${answer.rule.priority}` : answer.error;
}

it('takes the longest prefix, then the lowest metric', () => {
  const routes = [
    via('0.0.0.0/0', 'a'),
    via('10.0.0.0/24', 'b', { priority: 7 }),
    via('10.0.0.0/24', 'a', { priority: 5 }),
    via('10.0.1.0/24', 'b'),
  ];
  expect(way([main], routes)).toBe('a by 32766');
  expect(way([main], routes.toReversed())).toBe('a by 32766');
  expect(way([main], [via('0.0.0.0/0', 'b'), via('10.0.0.0/8', 'a')])).toBe('a by 32766');
});

it('passes over routes of links that are down, and of other links than the one asked for', () => {
  const routes = [via('0.0.0.0/0', 'a'), via('10.0.0.0/24', 'down'), via('10.0.0.0/16', 'b')];
  expect(way([main], routes)).toBe('b by 32766');
  expect(way([main], routes, { oif: 'a' })).toBe('a by 32766');
});

it('goes to the next rule where a table has nothing, throws, or is suppressed', () => {
  const rule = (more: Partial<RuleSpec>): RuleSpec => ({
    ...main,
    priority: 10,
    table: 7,
    ...more,
  });
  const routes = [via('0.0.0.0/0', 'a')];
  expect(way([rule({}), main], routes)).toBe('a by 32766');
  const thrown = via('10.0.0.0/8', 'b', { type: 'throw', table: 7 });
  expect(way([rule({}), main], [...routes, via('0.0.0.0/0', 'b', { table: 7 }), thrown])).toBe(
    'a by 32766',
  );
  const wide = [...routes, via('10.0.0.0/8', 'b', { table: 7 })];
  expect(way([rule({ suppressPrefixLength: 7 }), main], wide)).toBe('b by 10');
  expect(way([rule({ suppressPrefixLength: 8 }), main], wide)).toBe('a by 32766');
});

it('ends where a rule or route refuses', () => {
  const refusing = via('10.0.0.0/24', 'a', { type: 'blackhole' });
  expect(way([main], [via('0.0.0.0/0', 'a'), refusing])).toBe('blackhole');
  expect(way([{ ...main, priority: 3, action: 'prohibit' }, main], [via('0.0.0.0/0', 'a')])).toBe(
    'prohibit',
  );
  expect(way([main], [])).toBe('no route');
});

it('asks rules by priority, and each for what it selects by', () => {
  const routes = [via('0.0.0.0/0', 'a'), via('0.0.0.0/0', 'b', { table: 7 })];
  const chosen = (more: Partial<RuleSpec>, query: Partial<RouteQuery>) =>
    way([main, { ...main, priority: 10, table: 7, ...more }], routes, query) === 'b by 10';
  expect(chosen({ from: '10.1.0.0/16' }, { source: '10.1.2.3' })).toBe(true);
  expect(chosen({ from: '10.1.0.0/16' }, { source: '10.2.2.3' })).toBe(false);
  expect(chosen({ from: '10.1.0.0/16' }, {})).toBe(false);
  expect(chosen({ to: '10.0.0.0/30' }, {})).toBe(true);
  expect(chosen({ iif: 'a' }, { iif: 'a' })).toBe(true);
  expect(chosen({ iif: 'a' }, { iif: 'lo' })).toBe(false);
  expect(chosen({ oif: 'b' }, { oif: 'b' })).toBe(true);
  expect(chosen({ fwmark: 0x80, fwmask: 0x80 }, { mark: 0x481 })).toBe(true);
  expect(chosen({ fwmark: 0x80 }, { mark: 0x481 })).toBe(false);
  expect(chosen({ fwmark: 0, fwmask: 0x80 }, { mark: 0x80 })).toBe(false);
});

it('looks a link-local IPv6 destination up on its own link', () => {
  const rules: RuleSpec[] = [{ ...main, family: 'inet6' }];
  const routes = [via('fe80::/64', 'a'), via('fe80::/64', 'b')];
  const query = { family: 'inet6', destination: 'fe80::9' } as const;
  expect(way(rules, routes, { ...query, iif: 'b' })).toBe('b by 32766');
  expect(way(rules, [routes[0]!], { ...query, iif: 'b' })).toBe('no route');
});

it('says that it cannot follow a route of several paths', () => {
  const { link: _link, ...several } = via('0.0.0.0/0', 'a');
  expect(() => way([main], [several])).toThrow(CannotJudge);
});

it.each<[string, string, string, string | undefined]>([
  // The one of the next hop's network, else the first, else that of another link.
  ['a', '10.0.1.9', '198.51.100.1', '10.0.1.1'],
  ['a', '10.9.9.9', '198.51.100.1', '10.0.0.1'],
  ['b', '10.9.9.9', '198.51.100.1', '10.0.0.1'],
  // Scope before link, link before common prefix.
  ['a', 'fe80::2', 'fe80::2', 'fe80::1'],
  ['a', 'fe80::2', 'fd00:2::9', 'fd00:1::1'],
  ['b', 'fe80::2', 'fd00:2::9', 'fd00:2::1'],
  ['down', 'fe80::2', 'fd00:2::9', 'fd00:2::1'],
])('by %s to %s for %s is sent from %s', (link, nextHop, destination, expected) => {
  const addresses = [
    { link: 'a', address: '10.0.0.1/24' },
    { link: 'a', address: '10.0.1.1/24' },
    { link: 'a', address: 'fe80::1/64', scope: 'link' as const },
    { link: 'a', address: 'fd00:1::1/64' },
    { link: 'b', address: 'fd00:2::1/64' },
  ];
  const family = destination.includes(':') ? 'inet6' : 'inet';
  expect(linkSource(space([], [], { addresses }), family, link, nextHop, destination)).toBe(
    expected,
  );
});
