import {
  type Expression,
  formatRule,
  type JsonObject,
  type ParsedRule,
  type ParsedTable,
} from '@vcn-cni/nftables';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';
import { matchHolds } from './match.ts';
import { lookupMap } from './sets.ts';
import { applyStatement, type ChainResult, changesNothing } from './statements.ts';

/** Follows a packet through one chain of a table: nft_do_chain. `return`: it ended without a verdict. */
export function evaluateChain(
  table: ParsedTable,
  name: string,
  at: TableVisit,
  depth: number,
): Exclude<ChainResult, 'next'> {
  const chain = table.chains.find((one) => one.name === name);
  for (const rule of chain?.rules ?? []) {
    const result = evaluateRule(table, name, rule, at, depth);
    if (result !== 'next') return result;
  }
  return 'return';
}

/** NFT_JUMP_STACK_SIZE. */
const deepest = 16;

function evaluateRule(
  table: ParsedTable,
  chain: string,
  rule: ParsedRule,
  at: TableVisit,
  depth: number,
): ChainResult {
  const { space, skb, trail } = at;
  const place = { table: at.table, chain };
  const comment = rule.comment === undefined ? '' : ` comment "${rule.comment}"`;
  const text = `${formatRule(rule)}${comment}`;
  if (rule.statements.every(changesNothing)) return 'next';
  const reader = { table, at };
  try {
    if (!matchesHold(rule.statements, reader)) return 'next';
    for (const statement of rule.statements) {
      if ('match' in statement || changesNothing(statement)) continue;
      const verdict = verdictOf(statement, reader);
      if (verdict === undefined) {
        const result = applyStatement(statement, reader, text, place);
        if (result !== 'next') return result;
        continue;
      }
      if (verdict.kind === 'none') return 'next';
      if (verdict.kind === 'continue') continue;
      if (verdict.kind === 'accept' || verdict.kind === 'drop') {
        trail.step(space.name, 'filter', text, skb, place);
        return verdict.kind === 'accept' ? 'accept' : { drop: `${at.table} ${chain}: ${text}` };
      }
      if (verdict.kind !== 'jump' && verdict.kind !== 'goto') {
        trail.step(space.name, 'chain', text, skb, place);
        return 'return';
      }
      if (depth >= deepest) throw new CannotJudge(`chains nested deeper than ${deepest}`);
      const ended = trail.jump(space.name, text, skb, place);
      const inner = evaluateChain(table, verdict.target, at, depth + 1);
      if (inner === 'return') ended();
      if (inner !== 'return' || verdict.kind === 'goto') return inner;
    }
  } catch (error) {
    if (!(error instanceof CannotJudge)) throw error;
    trail.doubt(space.name, `${at.table} ${chain}: ${text} (${error.message})`, skb, place);
  }
  return 'next';
}

/** Where one match cannot be judged, another may still say no. */
function matchesHold(statements: JsonObject[], reader: Reader): boolean {
  let doubt: CannotJudge | undefined;
  for (const { match } of statements) {
    if (match === undefined) continue;
    try {
      if (!matchHolds(match as JsonObject, reader)) return false;
    } catch (error) {
      if (!(error instanceof CannotJudge)) throw error;
      doubt ??= error;
    }
  }
  if (doubt !== undefined) throw doubt;
  return true;
}

/** What expressions are read with: the packet, and the table whose sets they name. */
export interface Reader {
  table: ParsedTable;
  at: TableVisit;
}

type Verdict =
  | { kind: 'accept' | 'drop' | 'return' | 'continue' | 'none' }
  | { kind: 'jump' | 'goto'; target: string };

/** The verdict of a statement; `none`: a verdict map has nothing for this packet, and the rule ends. */
function verdictOf(statement: JsonObject, reader: Reader): Verdict | undefined {
  const { vmap } = statement;
  if (vmap === undefined) return plainVerdict(statement);
  const { key = null, data = null } = vmap as JsonObject;
  const found = lookupMap(key, data, reader);
  return found === undefined ? { kind: 'none' } : plainVerdict(found as JsonObject);
}

function plainVerdict(object: JsonObject): Verdict | undefined {
  const [kind, value] = Object.entries(object)[0] ?? ['', null as Expression];
  if (kind === 'accept' || kind === 'drop' || kind === 'return' || kind === 'continue') {
    return { kind };
  }
  if (kind !== 'jump' && kind !== 'goto') return undefined;
  return { kind, target: String((value as JsonObject)['target']) };
}
