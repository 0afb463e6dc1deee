import type { Expression, JsonObject, ParsedTable } from '@vcn-cni/nftables';
import { expect, it } from 'vitest';
import { visit } from '../../../test/explain-visit.ts';
import type { Hook } from '../netfilter/visit.ts';
import type { Skb } from '../skb.ts';
import { CannotJudge } from '../trail.ts';
import { read } from './expression.ts';
import { matchHolds } from './match.ts';

const set = (name: string, elements: Expression[]) => ({
  kind: 'set' as const,
  name,
  type: [],
  flags: [],
  elements,
  object: {},
});
const table: ParsedTable = {
  family: 'inet',
  name: 't',
  object: {},
  chains: [],
  others: [],
  sets: [
    set('nets', [{ prefix: { addr: '10.0.1.0', len: 28 } }, { range: ['10.9.0.1', '10.9.0.9'] }]),
    set('ports', [{ elem: { val: { concat: ['tcp', 8080] }, comment: 'x' } }]),
  ],
};

function holds(match: JsonObject, hook: Hook, change: Partial<Skb>): boolean | string {
  try {
    return matchHolds(match, { table, at: visit(hook, change) });
  } catch (error) {
    if (error instanceof CannotJudge) return 'cannot be judged';
    throw error;
  }
}

const meta = (key: string) => ({ meta: { key } });
const field = (protocol: string, name: string) => ({ payload: { protocol, field: name } });
const ct = (key: string, dir?: string) => ({ ct: { key, ...(dir ? { dir } : {}) } });
const fib = (result: string, ...flags: string[]) => ({ fib: { result, flags } });
const both = (one: Expression, other: Expression) => ({ '&': [one, other] });

it.each<[Expression, string, Expression, boolean | 'cannot be judged']>([
  [meta('iifname'), '==', 'oci*', true],
  [meta('iifname'), '!=', { set: ['ens3', 'ens5'] }, true],
  [meta('oifname'), '==', 'ens3', false],
  [meta('mark'), '==', 0x480, true],
  [both(meta('mark'), 0x80), '==', 0x80, true],
  [meta('l4proto'), '==', 6, true],
  [meta('l4proto'), '==', { set: ['tcp', 'udp'] }, true],
  [meta('nfproto'), '==', 'ipv6', false],
  [meta('cgroup'), '==', 1, 'cannot be judged'],
  [field('ip', 'saddr'), '==', '@nets', true],
  [field('ip', 'daddr'), '==', '@nets', false],
  [field('ip', 'daddr'), '==', '@absent', 'cannot be judged'],
  [field('ip6', 'saddr'), '!=', 'fd00::1', false],
  [field('th', 'dport'), '==', { range: [8000, 8080] }, true],
  [field('tcp', 'dport'), '>', 8080, false],
  [field('tcp', 'dport'), '<=', 8080, true],
  [field('udp', 'dport'), '!=', 53, false],
  [field('ip', 'ttl'), '==', 64, 'cannot be judged'],
  [both(field('tcp', 'flags'), ['syn', 'ack']), '==', 'syn', true],
  [{ concat: [meta('l4proto'), field('th', 'dport')] }, '==', '@ports', true],
  [ct('state'), 'in', ['established', 'new'], true],
  [ct('state'), '!=', 'new', false],
  [ct('direction'), '==', 'original', true],
  [ct('status'), 'in', 'dnat', true],
  [ct('status'), 'in', 'snat', false],
  [ct('mark'), '==', 0x80, true],
  [ct('ip daddr', 'original'), '==', '10.0.9.1', true],
  [ct('proto-dst', 'original'), '==', 80, true],
  [ct('ip6 daddr', 'original'), '==', 'fd00::1', false],
  [fib('oif', 'saddr', 'iif'), '==', '0', false],
  [fib('oif', 'saddr', 'iif'), '==', true, true],
  [fib('oif', 'daddr'), '==', 0, true],
  [fib('type', 'daddr'), '==', 'local', true],
  [fib('type', 'daddr', 'iif'), '==', 'local', false],
  [fib('oif', 'saddr'), '==', 'oci1', true],
  [{ socket: { key: 'transparent' } }, '==', 1, 'cannot be judged'],
])('%j %s %j: %s', (left, op, right, expected) => {
  expect(holds({ left, op, right }, 'prerouting', {})).toBe(expected);
});

it('sees what differs by hook and packet', () => {
  const other = { source: '203.0.113.9' };
  const spoofed = { left: fib('oif', 'saddr', 'iif'), op: '==', right: 0 };
  expect(holds(spoofed, 'prerouting', other)).toBe(true);
  const outgoing = { left: meta('oifname'), op: '==', right: 'ens3' };
  expect(holds(outgoing, 'forward', {})).toBe(true);
  const ping = { left: field('icmp', 'type'), op: '==', right: 'echo-request' };
  expect(holds(ping, 'input', { protocol: 'icmp' })).toBe(true);
  expect(holds(ping, 'input', {})).toBe(false);
  const port = { left: field('th', 'dport'), op: '!=', right: 1 };
  expect(holds(port, 'input', { protocol: 'icmp' })).toBe(false);
  const user = { left: meta('skuid'), op: '==', right: 'root' };
  expect(holds(user, 'output', { owner: { uid: 0 } })).toBe(true);
  expect(holds(user, 'output', { owner: {} })).toBe('cannot be judged');
});

it('calculates, maps and draws lots', () => {
  const at = visit('prerouting');
  const value = (expression: Expression) => read(expression, { table, at });
  expect(value({ '|': [meta('mark'), 1] })).toBe(0x481);
  expect(value({ '^': [meta('mark'), 0x480] })).toBe(0);
  expect(value({ '>>': [meta('mark'), 7] })).toBe(9);
  const pairs = {
    set: [
      [80, '10.0.1.8'],
      [8080, '10.0.1.9'],
      ['*', '10.0.1.1'],
    ],
  };
  expect(value({ map: { key: field('th', 'dport'), data: pairs } })).toBe('10.0.1.9');
  expect(value({ map: { key: meta('mark'), data: pairs } })).toBe('10.0.1.1');
  expect(value({ numgen: { mode: 'random', mod: 3, offset: 10 } })).toBe(10);
  expect(at.trail.choices).toMatchObject([{ options: ['0', '1', '2'], taken: 0 }]);
});
