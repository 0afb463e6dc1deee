import {
  formatRule,
  type RuleParts,
  ruleParts,
  type SavedRule,
  type SavedTable,
} from '@vcn-cni/iptables';
import type { HookVerdict, TableVisit, Visit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';
import { ruleMatches } from './matches.ts';
import { applyTarget, hasNoEffect, type TargetResult } from './targets.ts';

/** Follows a packet through one table, from a built-in chain on: ipt_do_table. */
export function evaluateTable(table: SavedTable, chain: string, visit: Visit): HookVerdict {
  const at: TableVisit = { ...visit, table: `iptables ${table.name}` };
  if (table.name === 'nat') {
    at.side = visit.hook === 'prerouting' || visit.hook === 'output' ? 'destination' : 'source';
  }
  const chains = new Map(table.chains.map((one) => [one.name, one]));
  const result = evaluateChain(chains, chain, at, 0);
  if (typeof result === 'object') return result;
  const policy = chains.get(chain)?.policy;
  if (result === 'accept' || policy !== 'DROP') return undefined;
  const text = `policy of ${chain} is DROP`;
  visit.trail.step(visit.space.name, 'filter', text, visit.skb, { table: at.table, chain });
  return { drop: `${at.table}: ${text}` };
}

type Chains = ReadonlyMap<string, SavedTable['chains'][number]>;

/** `return`: the chain ended without a verdict. */
function evaluateChain(
  chains: Chains,
  name: string,
  at: TableVisit,
  depth: number,
): Exclude<TargetResult, 'next'> {
  const { space, skb, trail, table } = at;
  if (depth > deepest) {
    trail.doubt(space.name, `chains of ${table} nested deeper than ${deepest}`, skb);
    return 'return';
  }
  for (const rule of chains.get(name)?.rules ?? []) {
    const parts = ruleParts(rule);
    const place = { table, chain: name };
    if (hasNoEffect(parts) || !judge(parts, rule, at, place)) continue;
    const { target } = parts;
    if (target !== undefined && chains.has(target.name)) {
      const ended = trail.jump(space.name, formatRule(rule), skb, place);
      const inner = evaluateChain(chains, target.name, at, depth + 1);
      if (inner === 'return') ended();
      if (inner !== 'return' || target.verb === 'goto') return inner;
      continue;
    }
    const result = applyTarget(parts, formatRule(rule), at, name);
    if (result !== 'next') return result;
  }
  return 'return';
}

/** The kernel sizes its jump stack by the chains; nobody nests as deep as this. */
const deepest = 64;

function judge(
  parts: RuleParts,
  rule: SavedRule,
  at: TableVisit,
  place: { table: string; chain: string },
): boolean {
  try {
    return ruleMatches(parts, at);
  } catch (error) {
    if (!(error instanceof CannotJudge)) throw error;
    const text = `${place.table} ${place.chain}: ${formatRule(rule)} (${error.message})`;
    at.trail.doubt(at.space.name, text, at.skb, place);
    return false;
  }
}
