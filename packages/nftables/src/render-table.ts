import { checkTable } from './check-table.ts';
import type { BaseChain, Chain, NamedSet, Rule, Table } from './table.ts';

/**
 * A script for `nft -f` that replaces the table whole, or makes it, in one transaction: packets meet the old
 * rules or the new ones, never none. An exception that the kernel makes (seen with 6.18): a packet that is in the old
 * rules while they are replaced finds nothing in the old table's interval sets; a table that must never err has rules
 * in their place.
 * @throws RangeError naming the member that cannot be written in nft's language.
 */
export function renderTable(table: Table): string {
  checkTable(table);
  const lines = [
    ...removal(table),
    `table ${table.family} ${table.name} {`,
    ...(table.sets ?? []).flatMap(renderSet),
    ...table.chains.flatMap(renderChain),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** A script that removes the table, and does nothing if it is not there. */
export function renderRemove(table: Pick<Table, 'family' | 'name'>): string {
  return `${removal(table).join('\n')}\n`;
}

/** `add` first, because `delete` of a table that is not there fails the transaction. */
function removal({ family, name }: Pick<Table, 'family' | 'name'>): string[] {
  return [`add table ${family} ${name}`, `delete table ${family} ${name}`];
}

function renderSet(set: NamedSet): string[] {
  const quote = set.type === 'ifname' ? (name: string) => `"${name}"` : (text: string) => text;
  return [
    `\tset ${set.name} {`,
    `\t\ttype ${set.type}`,
    ...(set.flags?.length ? [`\t\tflags ${set.flags.join(',')}`] : []),
    ...(set.elements.length > 0
      ? [`\t\telements = { ${set.elements.map(quote).join(', ')} }`]
      : []),
    '\t}',
  ];
}

function renderChain(chain: Chain): string[] {
  const base = chain.base === undefined ? [] : [`\t\t${renderBase(chain.base)}`];
  return [
    `\tchain ${chain.name} {`,
    ...base,
    ...chain.rules.map((r) => `\t\t${renderRule(r)}`),
    '\t}',
  ];
}

function renderBase(base: BaseChain): string {
  const policy = base.policy ?? 'accept';
  return `type ${base.type} hook ${base.hook} priority ${base.priority}; policy ${policy};`;
}

function renderRule({ text, comment }: Rule): string {
  return comment === undefined ? text : `${text} comment "${comment}"`;
}
