import { expect, it } from 'vitest';
import { diffRuleset } from './diff-ruleset.ts';
import { parseSave } from './parse-save.ts';
import { renderRuleset } from './render-ruleset.ts';
import type { Ruleset } from './ruleset.ts';

const wanted: Ruleset = {
  chains: [
    { table: 'raw', name: 'OUR-RAW', rules: ['-i oci+ -m rpfilter --invert -j DROP'] },
    { table: 'nat', name: 'OUR-POST', rules: ['-o ens3 -j MASQUERADE --random-fully'] },
  ],
  jumps: [
    { table: 'raw', from: 'PREROUTING', to: 'OUR-RAW', position: 'first' },
    { table: 'nat', from: 'POSTROUTING', to: 'OUR-POST', position: 'last' },
  ],
};
const saved = (table: string, builtin: string, rules: string[]) =>
  parseSave(
    [
      `*${table}`,
      `:${builtin} ACCEPT [0:0]`,
      ':OUR-RAW - [0:0]',
      ':OUR-POST - [0:0]',
      ':OUR-OLD - [0:0]',
      ...rules,
      'COMMIT',
      '',
    ].join('\n'),
  );
const raw = (...rules: string[]) => saved('raw', 'PREROUTING', rules);
const onlyRaw: Ruleset = { chains: wanted.chains.slice(0, 1), jumps: wanted.jumps.slice(0, 1) };
const rawRule = '-A OUR-RAW -i oci+ -m rpfilter --invert -j DROP';

it('renders all of it where nothing is', () => {
  expect(renderRuleset(wanted, 'OUR-')).toBe(`*raw
:OUR-RAW - [0:0]
-A OUR-RAW -i oci+ -m rpfilter --invert -j DROP
-I PREROUTING -j OUR-RAW
COMMIT
*nat
:OUR-POST - [0:0]
-A OUR-POST -o ens3 -j MASQUERADE --random-fully
-A POSTROUTING -j OUR-POST
COMMIT
`);
  expect(diffRuleset([], wanted, 'OUR-')).toEqual([
    'raw OUR-RAW is missing',
    'raw PREROUTING: "-j OUR-RAW" is missing',
    'nat OUR-POST is missing',
    'nat POSTROUTING: "-j OUR-POST" is missing',
  ]);
});

it('moves the jump, removes its doubles and old chains, and names no rule of others', () => {
  const actual = raw(
    '-A PREROUTING -j FOREIGN',
    '-A PREROUTING -j OUR-RAW',
    '-A PREROUTING -i eth0 -m comment --comment "by hand" -j OUR-RAW',
    '-A PREROUTING -j OUR-OLD',
    '-A OUR-RAW -j ACCEPT',
    '-A OUR-OLD -j ACCEPT',
  );
  expect(renderRuleset(onlyRaw, 'OUR-', actual)).toBe(`*raw
:OUR-RAW - [0:0]
:OUR-POST - [0:0]
:OUR-OLD - [0:0]
-A OUR-RAW -i oci+ -m rpfilter --invert -j DROP
-D PREROUTING -j OUR-RAW
-D PREROUTING -i eth0 -m comment --comment "by hand" -j OUR-RAW
-D PREROUTING -j OUR-OLD
-I PREROUTING -j OUR-RAW
-X OUR-POST
-X OUR-OLD
COMMIT
`);
  expect(diffRuleset(actual, onlyRaw, 'OUR-')).toEqual([
    'raw OUR-RAW rule 1 is "-j ACCEPT", wanted "-i oci+ -m rpfilter --invert -j DROP"',
    'raw OUR-POST is not wanted',
    'raw OUR-OLD is not wanted',
    'raw PREROUTING: "-j OUR-RAW", "-i eth0 -m comment --comment "by hand" -j OUR-RAW", "-j OUR-OLD", wanted "-j OUR-RAW" once, first',
  ]);
});

it.each([
  ['first', ['-A PREROUTING -j FOREIGN', '-A PREROUTING -j OUR-RAW'], 'stands elsewhere'],
  ['last', ['-A PREROUTING -j OUR-RAW', '-A PREROUTING -j FOREIGN'], 'stands elsewhere'],
  ['last', ['-A PREROUTING -j OUR-RAW', '-A PREROUTING -j OUR-RAW'], 'once, last'],
  ['first', ['-A PREROUTING -i lo -j OUR-RAW'], 'stands elsewhere'],
] as const)('wants its jump %s: %j', (position, rules, message) => {
  const moved: Ruleset = { ...onlyRaw, jumps: [{ ...onlyRaw.jumps[0]!, position }] };
  const actual = raw(...rules, rawRule);
  expect(diffRuleset(actual, moved, 'OUR-').join()).toContain(message);
});

it('renders nothing where all is in place', () => {
  const actual = parseSave(
    `*raw\n:PREROUTING ACCEPT [0:0]\n:OUR-RAW - [0:0]\n-A PREROUTING -j OUR-RAW\n-A PREROUTING -j FOREIGN\n${rawRule}\nCOMMIT\n`,
  );
  expect(renderRuleset(onlyRaw, 'OUR-', actual)).toBe('');
  expect(diffRuleset(actual, onlyRaw, 'OUR-')).toEqual([]);
  expect(renderRuleset({ chains: [], jumps: [] }, 'OUR-', actual)).toBe(
    '*raw\n:OUR-RAW - [0:0]\n-D PREROUTING -j OUR-RAW\n-X OUR-RAW\nCOMMIT\n',
  );
});

const chain = wanted.chains[0]!;
it.each<[string, Partial<Ruleset>, string?]>([
  ['owner "": wanted a prefix', {}, ''],
  ['owner "KUBE": wanted a prefix', {}, 'KUBE'],
  ['chain "X" does not begin with "OUR-"', { chains: [{ ...chain, name: 'X' }] }],
  ['wanted at most 28', { chains: [{ ...chain, name: `OUR-${'X'.repeat(25)}` }] }],
  ['chain "OUR-RAW" is twice in raw', { chains: [chain, chain] }],
  ['holds a line end', { chains: [{ ...chain, rules: ['-j DROP\nCOMMIT'] }] }],
  ['quote not closed', { chains: [{ ...chain, rules: ['-m comment --comment "a'] }] }],
  ['jump to "OUR-POST": nat has no such chain', { chains: [chain] }],
  ['raw PREROUTING has two jumps of ours', { jumps: [wanted.jumps[0]!, wanted.jumps[0]!] }],
])('refuses with: %s', (message, part, owner = 'OUR-') => {
  expect(() => renderRuleset({ ...wanted, ...part }, owner)).toThrow(message);
  expect(() => diffRuleset([], { ...wanted, ...part }, owner)).toThrow(message);
});
