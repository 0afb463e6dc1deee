import type { Counters, SavedChain, SavedRule, SavedTable } from './saved.ts';
import { tokenise } from './tokens.ts';

export interface ParseOptions {
  /** Only chains for which this is true are read, of a save that may hold ten thousands of others. */
  chains?: (name: string) => boolean;
  /** False: counters are left out, and what is returned is plain JSON (they are bigints). Absent: true. */
  counters?: boolean;
}

/**
 * Reads the text of `iptables-save` or `ip6tables-save`, of either backend, with or without counters.
 * @throws SaveError naming the line that is not understood.
 */
export function parseSave(text: string, options: ParseOptions = {}): SavedTable[] {
  const wanted = options.chains ?? (() => true);
  const counted = options.counters ?? true;
  const tables: SavedTable[] = [];
  let table: Open | undefined;
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('*')) {
      table = { saved: { name: line.slice(1).trim(), chains: [] }, chains: new Map() };
      tables.push(table.saved);
    } else if (table === undefined) {
      throw new SaveError(number, line, 'stands outside a table (after "*NAME")');
    } else if (line.trim() === 'COMMIT') {
      table = undefined;
    } else if (line.startsWith(':')) {
      const chain = parseChain(line, number, counted);
      if (!wanted(chain.name)) continue;
      table.saved.chains.push(chain);
      table.chains.set(chain.name, chain);
    } else {
      parseRuleLine(table, line, number, wanted, counted);
    }
  }
  if (table !== undefined) {
    throw new SaveError(number, `*${table.saved.name}`, 'has no COMMIT: the text is cut off');
  }
  return tables;
}

export class SaveError extends Error {
  override readonly name = 'SaveError';
  /** From 1. */
  readonly line: number;

  constructor(line: number, text: string, what: string) {
    super(`iptables-save line ${line}: "${text.slice(0, 120)}" ${what}`);
    this.line = line;
  }
}

interface Open {
  saved: SavedTable;
  chains: Map<string, SavedChain>;
}

const chainLine = /^:(\S+) (\S+)(?: \[(\d+):(\d+)\])?\s*$/;
const ruleLine = /^(?:\[(\d+):(\d+)\] )?-A (\S+)(.*)$/;

function parseChain(line: string, number: number, counted: boolean): SavedChain {
  const [, name, policy, packets, bytes] = chainLine.exec(line) ?? [];
  if (name === undefined || policy === undefined) {
    throw new SaveError(number, line, 'is not ":CHAIN POLICY [packets:bytes]"');
  }
  const chain: SavedChain = { name, rules: [] };
  if (policy !== '-') chain.policy = policy;
  const counters = counted ? parseCounters(packets, bytes) : undefined;
  if (counters !== undefined) chain.counters = counters;
  return chain;
}

function parseRuleLine(
  { saved, chains }: Open,
  line: string,
  number: number,
  wanted: (chain: string) => boolean,
  counted: boolean,
): void {
  const [, packets, bytes, name, rest] = ruleLine.exec(line) ?? [];
  if (name === undefined || rest === undefined) {
    throw new SaveError(number, line, 'is not "-A CHAIN ..."');
  }
  if (!wanted(name)) return;
  const chain = chains.get(name);
  if (chain === undefined) {
    throw new SaveError(number, line, `names a chain that table ${saved.name} does not declare`);
  }
  try {
    const rule = parseRule(tokenise(rest));
    const counters = counted ? parseCounters(packets, bytes) : undefined;
    if (counters !== undefined) rule.counters = counters;
    chain.rules.push(rule);
  } catch (error) {
    throw new SaveError(number, line, (error as Error).message);
  }
}

function parseRule(tokens: string[]): SavedRule {
  const rule: SavedRule = { tokens };
  tokens.forEach((token, index) => {
    const value = tokens[index + 1];
    if (value === undefined) return;
    if (token === '-j') rule.target = { verb: 'jump', name: value };
    else if (token === '-g') rule.target = { verb: 'goto', name: value };
    else if (token === '--comment') rule.comment = value;
  });
  return rule;
}

function parseCounters(
  packets: string | undefined,
  bytes: string | undefined,
): Counters | undefined {
  if (packets === undefined || bytes === undefined) return undefined;
  return { packets: BigInt(packets), bytes: BigInt(bytes) };
}
