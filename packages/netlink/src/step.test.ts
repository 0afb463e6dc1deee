import { expect, test } from 'vitest';
import { emptyState } from './empty-state.ts';
import { Refusal } from './refusal.ts';
import type { ActualState, Operation } from './state.ts';
import { step } from './step.ts';

const run = (...operations: Operation[]): ActualState =>
  operations.reduce<ActualState>(step, emptyState());
const pair: Operation[] = [
  { op: 'link.create', link: { name: 'a', kind: 'veth', up: true, peer: { name: 'b' } } },
  { op: 'link.set', link: { name: 'b', up: true } },
];
const source: Operation = { op: 'address.put', address: { link: 'b', address: '10.0.0.1/32' } };
const ipv6Source: Operation = { op: 'address.put', address: { link: 'b', address: 'fd00::1/128' } };

test('the state given is left as it is', () => {
  const before = emptyState();
  step(before, pair[0]!);
  expect(before).toEqual(emptyState());
});

test('a source that goes takes routes of main along, and is lost by those of IPv6', () => {
  const route = (table: number, family: 'inet' | 'inet6'): Operation => ({
    op: 'route.put',
    route: {
      family,
      table,
      link: 'a',
      destination: family === 'inet' ? '10.9.0.0/16' : 'fd09::/64',
      source: family === 'inet' ? '10.0.0.1' : 'fd00::1',
    },
  });
  const all = [route(254, 'inet'), route(7, 'inet'), route(254, 'inet6')];
  const { routes } = run(
    ...pair,
    source,
    ipv6Source,
    ...all,
    { op: 'link.delete', name: 'none' },
    {
      op: 'address.delete',
      address: { link: 'b', address: '10.0.0.1/32' },
    },
    { op: 'address.delete', address: { link: 'b', address: 'fd00::1/128' } },
  );
  expect(routes.map(({ family, table, source: from }) => [family, table, from])).toEqual([
    ['inet', 7, '10.0.0.1'],
    ['inet6', 254, undefined],
  ]);
});

test('a pair goes as one, with what stands on it', () => {
  const upper: Operation = { op: 'link.create', link: { name: 'm', kind: 'macvlan', parent: 'a' } };
  expect(run(...pair, upper, source, { op: 'link.delete', name: 'b' })).toEqual(emptyState());
});

test('keep_addr_on_down keeps what it says', () => {
  const down: Operation = { op: 'link.set', link: { name: 'b', up: false } };
  const keep: Operation = {
    op: 'sysctl.set',
    sysctl: { name: 'net/ipv6/conf/b/keep_addr_on_down', value: '1' },
  };
  expect(run(...pair, ipv6Source, down).addresses).toEqual([]);
  expect(run(...pair, keep, ipv6Source, down).addresses).toHaveLength(1);
});

test('a deletion with another alias is refused', () => {
  const gone: Operation = { op: 'link.delete', name: 'a', alias: 'mine' };
  expect(() => run(...pair, gone)).toThrow(Refusal);
});
