import { formatExpression, formatMark } from './format-expression.ts';
import { formatRule } from './format-rule.ts';
import type { ParsedChain, ParsedRule, ParsedSet, ParsedTable } from './ruleset.ts';
import type { BaseChain, Chain, NamedSet, Rule, Table } from './table.ts';

/**
 * What differs between the table in the kernel (absent: there is none) and the wanted one, one sentence each;
 * empty if nothing does. Compares what was read from `nft -j`, put into one spelling, so that an edit by hand is
 * seen and a counter's value is not.
 */
export function diffTable(actual: ParsedTable | undefined, wanted: Table): string[] {
  const name = `table ${wanted.family} ${wanted.name}`;
  if (actual === undefined) return [`${name} is missing`];
  return [
    ...diffNamed('set', actual.sets, wanted.sets ?? [], diffSet),
    ...diffNamed('chain', actual.chains, wanted.chains, diffChain),
    ...actual.others.map(({ kind, object }) => `${kind} ${object['name'] ?? ''} is not ours`),
  ].map((difference) => `${name}: ${difference}`);
}

export function sameTable(actual: ParsedTable | undefined, wanted: Table): boolean {
  return diffTable(actual, wanted).length === 0;
}

function diffNamed<A extends { name: string }, W extends { name: string }>(
  what: string,
  actual: A[],
  wanted: W[],
  compare: (actual: A, wanted: W) => string[],
): string[] {
  const present = new Map(actual.map((item) => [item.name, item]));
  const expected = new Set(wanted.map((item) => item.name));
  return [
    ...wanted.flatMap((item) => {
      const other = present.get(item.name);
      if (other === undefined) return [`${what} ${item.name} is missing`];
      return compare(other, item).map((difference) => `${what} ${item.name}: ${difference}`);
    }),
    ...actual
      .filter((item) => !expected.has(item.name))
      .map((item) => `${what} ${item.name} is not wanted`),
  ];
}

function diffSet(actual: ParsedSet, wanted: NamedSet): string[] {
  const hex = wanted.type === 'mark';
  const has = new Set(actual.elements.map((element) => formatExpression(element, hex)));
  const wants = new Set(wanted.elements);
  return [
    ...unequal('kind', actual.kind, 'set'),
    ...unequal('type', actual.type.join(' . '), wanted.type),
    ...unequal(
      'flags',
      [...actual.flags].sort().join(','),
      [...(wanted.flags ?? [])].sort().join(','),
    ),
    ...[...wants].filter((element) => !has.has(element)).map((e) => `element ${e} is missing`),
    ...[...has].filter((element) => !wants.has(element)).map((e) => `element ${e} is not wanted`),
  ];
}

function diffChain(actual: ParsedChain, wanted: Chain): string[] {
  const count = Math.max(actual.rules.length, wanted.rules.length);
  const rules = Array.from({ length: count }, (_, index) =>
    diffRule(index + 1, actual.rules[index], wanted.rules[index]),
  );
  return [...unequal('hook', formatBase(actual.base), formatBase(wanted.base)), ...rules.flat()];
}

function diffRule(
  position: number,
  actual: ParsedRule | undefined,
  wanted: Rule | undefined,
): string[] {
  const has = actual && withComment(formatRule(actual), actual.comment);
  const wants = wanted && withComment(spell(wanted.text), wanted.comment);
  if (has === wants) return [];
  if (has === undefined) return [`rule ${position} is missing: ${wants}`];
  if (wants === undefined) return [`rule ${position} is not wanted: ${has}`];
  return [`rule ${position} is ${has}, wanted ${wants}`];
}

/** Marks may be written short. */
function spell(text: string): string {
  return text.replace(/\b0x[0-9a-fA-F]+\b/g, (mark) => formatMark(Number(mark)));
}

function withComment(text: string, comment: string | undefined): string {
  return comment === undefined ? text : `${text} comment "${comment}"`;
}

function formatBase(base: ParsedChain['base'] | BaseChain): string {
  if (base === undefined) return 'none';
  const device = 'device' in base ? ` device ${base.device}` : '';
  return `${base.type} ${base.hook}${device} priority ${base.priority} policy ${base.policy ?? 'accept'}`;
}

function unequal(what: string, actual: string, wanted: string): string[] {
  return actual === wanted ? [] : [`${what} is ${actual || 'none'}, wanted ${wanted || 'none'}`];
}
