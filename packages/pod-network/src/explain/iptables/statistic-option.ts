import type { RuleOption } from '@vcn-cni/iptables';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';

/** `-m statistic --mode random`: a drawing of lots, followed either way. */
export function statisticHolds(options: readonly RuleOption[], at: TableVisit): boolean {
  const value = (name: string) => options.find((option) => option.name === name);
  const probability = value('--probability');
  if (probability === undefined) throw new CannotJudge('statistic --mode nth');
  const chance = Number(probability.values[0]);
  if (chance >= 1 || chance <= 0) return chance >= 1 !== probability.negated;
  const text = `${at.table}: statistic, probability ${chance}`;
  const matches = at.trail.choose(at.space.name, text, ['matches', 'does not match'], at.skb) === 0;
  return matches !== probability.negated;
}
