import type { Chain } from '@vcn-cni/nftables';
import type { NftablesTable, ProxySet } from './nftables-rules.ts';

/** A script for `nft -f` that replaces the table whole, in one transaction. */
export function nftScript({ family, name, sets, chains }: NftablesTable): string {
  const table = `table ${family} ${name}`;
  return [
    // Deleted as something that is there for certain.
    `${table}\ndelete ${table}\n${table} {`,
    ...sets.map(setText),
    ...chains.map(chainText),
    '}\n',
  ].join('\n');
}

function setText({ kind, name, type, timeoutSeconds, comment, elements }: ProxySet): string {
  const lines = [
    `type ${type}`,
    ...(timeoutSeconds === undefined
      ? []
      : ['size 65535', 'flags dynamic,timeout', `timeout ${timeoutSeconds}s`]),
    ...(comment === undefined ? [] : [`comment "${comment}"`]),
    ...(elements.length === 0 ? [] : [`elements = { ${elements.join(',\n')} }`]),
  ];
  return block(`${kind} ${name}`, lines);
}

function chainText({ name, base, rules }: Chain): string {
  const head = base
    ? [`type ${base.type} hook ${base.hook} priority ${base.priority}; policy accept;`]
    : [];
  const lines = rules.map(({ text, comment }) => (comment ? `${text} comment "${comment}"` : text));
  return block(`chain ${name}`, [...head, ...lines]);
}

const block = (head: string, lines: string[]): string => `${head} {\n${lines.join('\n')}\n}`;
