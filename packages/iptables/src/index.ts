// For users: our chains, and what differs from them.

export { diffRuleset } from './diff-ruleset.ts';
export { renderRuleset } from './render-ruleset.ts';
export type { Jump, OwnedChain, Ruleset, TableName } from './ruleset.ts';

// For implementers: reading other people's rules.

export { formatRule, formatSave } from './format-save.ts';
export { type ParseOptions, parseSave, SaveError } from './parse-save.ts';
export { type RuleOption, type RuleParts, ruleParts } from './rule-parts.ts';
export type { Counters, SavedChain, SavedRule, SavedTable } from './saved.ts';
export { joinTokens, tokenise } from './tokens.ts';
