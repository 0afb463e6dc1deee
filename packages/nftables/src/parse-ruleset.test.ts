import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatRule } from './format-rule.ts';
import { parseRuleset, RulesetError } from './parse-ruleset.ts';
import type { ParsedRuleset } from './ruleset.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

describe.each(['nftables-kn1', 'nftables-kn2'])('the rules of kube-proxy, %s', (name) => {
  const text = fixture(`${name}.json`);
  const ruleset = parseRuleset(text);

  it('are read without loss', () => {
    const printed = (JSON.parse(text) as { nftables: object[] }).nftables;
    expect(sorted(objects(ruleset))).toEqual(sorted(printed.filter((o) => !('metainfo' in o))));
    expect(ruleset.version).toBe('1.0.6');
  });

  it('keep the order of rules within their chain', () => {
    for (const chain of ruleset.tables[0]?.chains ?? []) {
      const handles = chain.rules.map(({ handle }) => handle ?? 0);
      expect(handles).toEqual(handles.toSorted((a, b) => a - b));
    }
  });

  it('are formatted as nft prints them', () => {
    const formatted = ruleset.tables.flatMap(({ chains }) =>
      chains.flatMap(({ rules }) =>
        rules.map((r) => (r.comment ? `${formatRule(r)} comment "${r.comment}"` : formatRule(r))),
      ),
    );
    expect(formatted).toEqual(rulesOfListing(fixture(`${name}.txt`)));
  });
});

it('reads hooks, sets and maps', () => {
  const [table] = parseRuleset(fixture('nftables-kn1.json')).tables;
  expect(table?.chains.find(({ name }) => name === 'nat-postrouting')?.base).toEqual({
    type: 'nat',
    hook: 'postrouting',
    priority: 100,
    policy: 'accept',
  });
  const map = table?.sets.find(({ name }) => name === 'service-nodeports');
  expect(map).toMatchObject({ kind: 'map', map: 'verdict', type: ['inet_proto', 'inet_service'] });
  expect(map?.elements).toHaveLength(3);
});

it('keeps what it does not know', () => {
  const { tables } = parseRuleset(
    '{"nftables":[{"table":{"family":"ip","name":"t","new":1}},{"quota":{"family":"ip","table":"t","name":"q"}}]}',
  );
  expect(tables[0]?.object['new']).toBe(1);
  expect(tables[0]?.others).toEqual([
    { kind: 'quota', object: { family: 'ip', table: 't', name: 'q' } },
  ]);
});

it('reads objects in any order', () => {
  const document = JSON.parse(fixture('nftables-kn1.json')) as { nftables: object[] };
  const rules = document.nftables.filter((object) => 'rule' in object);
  const others = document.nftables.filter((object) => !('rule' in object));
  const mixed = JSON.stringify({ nftables: [...rules, ...others.toReversed()] });
  const counts = ({ tables }: ParsedRuleset) =>
    tables[0]?.chains.map(({ name, rules: own }) => `${name} ${own.length}`).sort();
  expect(counts(parseRuleset(mixed))).toEqual(counts(parseRuleset(JSON.stringify(document))));
});

it.each([
  ['', 'no JSON'],
  ['{}', 'no "nftables" list'],
  ['{"nftables":[7]}', 'nftables[0]: wanted one object under its kind, got 7'],
  ['{"nftables":[{"table":{"family":"ip"}}]}', 'nftables[0].table.name: wanted a string'],
  ['{"nftables":[{"chain":{"family":"ip","table":"t","name":"c"}}]}', 'names table "ip t"'],
  [
    '{"nftables":[{"table":{"family":"ip","name":"t"}},{"rule":{"family":"ip","table":"t","chain":"c","expr":[]}}]}',
    'names chain "c"',
  ],
])('says what is wrong with %s', (text, message) => {
  expect(() => parseRuleset(text)).toThrow(RulesetError);
  expect(() => parseRuleset(text)).toThrow(message);
});

function objects({ tables }: ParsedRuleset): object[] {
  return tables.flatMap((table) => [
    { table: table.object },
    ...table.sets.map((set) => ({ [set.kind]: set.object })),
    ...table.chains.flatMap((chain) => [
      { chain: chain.object },
      ...chain.rules.map((rule) => ({ rule: rule.object })),
    ]),
    ...table.others.map(({ kind, object }) => ({ [kind]: object })),
  ]);
}

function sorted(items: object[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}

/** The rule lines of `nft list ruleset`. */
function rulesOfListing(text: string): string[] {
  const chains = text.split('\n\t}\n').filter((part) => /^\tchain /m.test(part));
  return chains.flatMap((part) =>
    part
      .split('\n')
      .filter((line) => /^\t\t/.test(line) && !/^\t\t(?:type|comment) /.test(line))
      .map((line) => line.trim()),
  );
}
