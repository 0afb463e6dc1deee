import { expect, it } from 'vitest';
import { diffTable, sameTable } from './diff-table.ts';
import { parseRuleset } from './parse-ruleset.ts';
import type { Expression } from './ruleset.ts';
import type { Table } from './table.ts';

const read = (statements: Expression[], extra: object[] = []) =>
  parseRuleset(
    JSON.stringify({
      nftables: [
        { table: { family: 'inet', name: 't' } },
        { chain: { family: 'inet', table: 't', name: 'c' } },
        { rule: { family: 'inet', table: 't', chain: 'c', expr: statements } },
        ...extra,
      ],
    }),
  ).tables[0];
const want = (text: string): Table => ({
  family: 'inet',
  name: 't',
  chains: [{ name: 'c', rules: [{ text }] }],
});
const fib = { fib: { result: 'oif', flags: ['saddr', 'iif'] } };
const match = (left: Expression, right: Expression, op = '==') => ({ match: { op, left, right } });
const ctMark = { ct: { key: 'mark' } };

// How versions of nft differ for one and the same rule.
it.each<[string, Expression[]]>([
  ['fib saddr . iif oif 0', [match(fib, '0')]],
  ['fib saddr . iif oif 0', [match(fib, 0)]],
  ['masquerade fully-random', [{ masquerade: { flags: 'fully-random' } }]],
  ['masquerade fully-random', [{ masquerade: { flags: ['fully-random'] } }]],
  ['ct state new', [match({ ct: { key: 'state' } }, 'new', 'in')]],
  ['ct state new', [match({ ct: { key: 'state' } }, ['new'], 'in')]],
  ['ct mark set ct mark | 0x80', [{ mangle: { key: ctMark, value: { '|': [ctMark, 128] } } }]],
  ['ct mark & 0x80 == 0x80', [match({ '&': [ctMark, 128] }, 128)]],
  ['oifname "ens3"', [match({ meta: { key: 'oifname' } }, { set: ['ens3'] })]],
  ['counter drop', [{ counter: { packets: 5, bytes: 9 } }, { drop: null }]],
])('takes what nft prints for "%s" as the same', (text, statements) => {
  expect(diffTable(read(statements), want(text))).toEqual([]);
  expect(sameTable(read([...statements, { log: null }]), want(text))).toBe(false);
});

it('names what differs', () => {
  expect(diffTable(undefined, want('drop'))).toEqual(['table inet t is missing']);
  expect(diffTable(read([{ accept: null }]), want('drop'))).toEqual([
    'table inet t: chain c: rule 1 is accept, wanted drop',
  ]);
  const set = { set: { family: 'inet', table: 't', name: 's', type: 'mark', elem: [128] } };
  const wanted: Table = { ...want('drop'), sets: [{ name: 's', type: 'mark', elements: [] }] };
  expect(diffTable(read([{ drop: null }], [set]), wanted)).toEqual([
    'table inet t: set s: element 0x00000080 is not wanted',
  ]);
  const base = { type: 'filter', hook: 'input', priority: 3 } as const;
  const based: Table = { ...want('drop'), chains: [{ ...want('drop').chains[0]!, base }] };
  expect(diffTable(read([{ drop: null }]), based)).toEqual([
    'table inet t: chain c: hook is none, wanted filter input priority 3 policy accept',
  ]);
});

it('compares comments', () => {
  const wanted = want('drop');
  wanted.chains[0]!.rules[0]!.comment = 'why';
  expect(diffTable(read([{ drop: null }]), wanted)).toEqual([
    'table inet t: chain c: rule 1 is drop, wanted drop comment "why"',
  ]);
});
