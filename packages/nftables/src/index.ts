// For users: our table, and what differs from it.

export { diffTable, sameTable } from './diff-table.ts';
export { renderRemove, renderTable } from './render-table.ts';
export type { BaseChain, Chain, NamedSet, Rule, Table } from './table.ts';

// For implementers: reading other people's rules.

export { formatExpression } from './format-expression.ts';
export { formatRule } from './format-rule.ts';
export { parseRuleset, RulesetError } from './parse-ruleset.ts';
export type {
  Expression,
  JsonObject,
  ParsedChain,
  ParsedRule,
  ParsedRuleset,
  ParsedSet,
  ParsedTable,
} from './ruleset.ts';
