import { expect, it } from 'vitest';
import { renderRemove, renderTable } from './render-table.ts';
import type { Chain, Table } from './table.ts';

const chain: Chain = {
  name: 'guard',
  base: { type: 'filter', hook: 'forward', priority: -151 },
  rules: [{ text: 'iifname "oci*" drop', comment: 'no pod' }, { text: 'accept' }],
};

it('renders a script that replaces the table', () => {
  const table: Table = {
    family: 'inet',
    name: 'vcn-cni',
    sets: [
      { name: 'links', type: 'ifname', elements: ['ens3', 'ens5'] },
      { name: 'nets', type: 'ipv4_addr', flags: ['interval'], elements: [] },
    ],
    chains: [chain, { name: 'side', rules: [] }],
  };
  expect(renderTable(table)).toBe(`add table inet vcn-cni
delete table inet vcn-cni
table inet vcn-cni {
\tset links {
\t\ttype ifname
\t\telements = { "ens3", "ens5" }
\t}
\tset nets {
\t\ttype ipv4_addr
\t\tflags interval
\t}
\tchain guard {
\t\ttype filter hook forward priority -151; policy accept;
\t\tiifname "oci*" drop comment "no pod"
\t\taccept
\t}
\tchain side {
\t}
}
`);
  expect(renderRemove(table)).toBe('add table inet vcn-cni\ndelete table inet vcn-cni\n');
});

const rule = (text: string, comment?: string): Chain[] => [
  { ...chain, rules: [comment === undefined ? { text } : { text, comment }] },
];

it.each<[string, Partial<Table>]>([
  ['chain name "snat" is a keyword', { chains: [{ name: 'snat', rules: [] }] }],
  ['chain name "fwd" is a keyword', { chains: [{ name: 'fwd', rules: [] }] }],
  ['chain name "a b": wanted a letter', { chains: [{ name: 'a b', rules: [] }] }],
  ['table name "": wanted a letter', { name: '' }],
  ['chain name "guard" is there twice', { chains: [chain, chain] }],
  ['rule of chain "guard" holds ";"', { chains: rule('accept; drop') }],
  ['rule of chain "guard" holds "\\n"', { chains: rule('accept\n}') }],
  ['rule of chain "guard" is empty', { chains: rule(' ') }],
  ['comment in chain "guard" holds "\\""', { chains: rule('accept', 'a"b') }],
  ["longer than nft's 128", { chains: rule('accept', 'x'.repeat(129)) }],
  ['element of set "s" holds "}"', { sets: [{ name: 's', type: 'mark', elements: ['1 }'] }] }],
])('refuses with: %s', (message, part) => {
  expect(() => renderTable({ family: 'inet', name: 't', chains: [], ...part })).toThrow(message);
});
