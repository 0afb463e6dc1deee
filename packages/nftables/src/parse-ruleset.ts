import type {
  Expression,
  JsonObject,
  ParsedChain,
  ParsedRule,
  ParsedRuleset,
  ParsedSet,
  ParsedTable,
} from './ruleset.ts';

/**
 * Reads what `nft -j list ruleset`, `list table` or `list chain` printed, whoever wrote the rules.
 * @throws RulesetError naming the object that is not as libnftables-json(5) has it.
 */
export function parseRuleset(text: string): ParsedRuleset {
  const ruleset: ParsedRuleset = { tables: [] };
  const tables = new Map<string, ParsedTable>();
  const chains = new Map<string, ParsedChain>();
  // Versions differ in the order: what is named by others is read first.
  for (const { kind, object, at } of objectsOf(text).sort((a, b) => rank(a.kind) - rank(b.kind))) {
    if (kind === 'metainfo') {
      if (typeof object['version'] === 'string') ruleset.version = object['version'];
      continue;
    }
    const family = textOf(object, 'family', at);
    if (kind === 'table') {
      const name = textOf(object, 'name', at);
      const table: ParsedTable = { family, name, object, sets: [], chains: [], others: [] };
      tables.set(`${family} ${name}`, table);
      ruleset.tables.push(table);
      continue;
    }
    const tableKey = `${family} ${textOf(object, 'table', at)}`;
    const table = tables.get(tableKey);
    if (table === undefined) throw new RulesetError(`${at}: names table "${tableKey}", not listed`);
    if (kind === 'chain') {
      const chain = parseChain(object, at);
      chains.set(`${tableKey} ${chain.name}`, chain);
      table.chains.push(chain);
    } else if (kind === 'rule') {
      const name = textOf(object, 'chain', at);
      const chain = chains.get(`${tableKey} ${name}`);
      if (chain === undefined) throw new RulesetError(`${at}: names chain "${name}", not listed`);
      chain.rules.push(parseRule(object, at));
    } else if (kind === 'set' || kind === 'map') {
      table.sets.push(parseSet(kind, object, at));
    } else {
      table.others.push({ kind, object });
    }
  }
  return ruleset;
}

function rank(kind: string): number {
  return kind === 'table' ? 0 : kind === 'chain' ? 1 : 2;
}

/** What nft printed is not what libnftables-json(5) describes. */
export class RulesetError extends Error {
  override readonly name = 'RulesetError';
}

interface Entry {
  kind: string;
  object: JsonObject;
  /** For messages. */
  at: string;
}

function objectsOf(text: string): Entry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new RulesetError(`nft printed no JSON: ${JSON.stringify(text.slice(0, 80))}`, { cause });
  }
  const list = (document as { nftables?: unknown } | null)?.nftables;
  if (!Array.isArray(list)) throw new RulesetError('nft printed no "nftables" list');
  return list.map((entry: Expression, index) => parseEntry(entry, `nftables[${index}]`));
}

function parseEntry(entry: Expression, where: string): Entry {
  const members = isObject(entry) ? Object.entries(entry) : [];
  const [kind, object] = members[0] ?? [];
  if (members.length !== 1 || kind === undefined || !isObject(object)) {
    throw new RulesetError(`${where}: wanted one object under its kind, got ${show(entry)}`);
  }
  return { kind, object, at: `${where}.${kind}` };
}

function parseChain(object: JsonObject, at: string): ParsedChain {
  const chain: ParsedChain = { name: textOf(object, 'name', at), rules: [], object };
  if (object['hook'] === undefined) return chain;
  const priority = object['prio'];
  if (typeof priority !== 'number') {
    throw new RulesetError(`${at}.prio: wanted a number, got ${show(priority)}`);
  }
  chain.base = { type: textOf(object, 'type', at), hook: textOf(object, 'hook', at), priority };
  if (object['policy'] !== undefined) chain.base.policy = textOf(object, 'policy', at);
  if (typeof object['dev'] === 'string') chain.base.device = object['dev'];
  return chain;
}

function parseRule(object: JsonObject, at: string): ParsedRule {
  const statements = object['expr'];
  if (!Array.isArray(statements) || !statements.every(isObject)) {
    throw new RulesetError(`${at}.expr: wanted a list of objects, got ${show(statements)}`);
  }
  const rule: ParsedRule = { statements, object };
  if (typeof object['handle'] === 'number') rule.handle = object['handle'];
  if (typeof object['comment'] === 'string') rule.comment = object['comment'];
  return rule;
}

function parseSet(kind: 'set' | 'map', object: JsonObject, at: string): ParsedSet {
  const set: ParsedSet = {
    kind,
    name: textOf(object, 'name', at),
    type: listOf(object['type']).map((type) => (typeof type === 'string' ? type : show(type))),
    flags: listOf(object['flags']).map(String),
    elements: listOf(object['elem']),
    object,
  };
  if (object['map'] !== undefined) set.map = textOf(object, 'map', at);
  return set;
}

/** nft writes a list of one as the bare value in some places and versions. */
function listOf(value: Expression | undefined): Expression[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function textOf(object: JsonObject, member: string, at: string): string {
  const value = object[member];
  if (typeof value !== 'string') {
    throw new RulesetError(`${at}.${member}: wanted a string, got ${show(value)}`);
  }
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 120) ?? 'nothing';
}
