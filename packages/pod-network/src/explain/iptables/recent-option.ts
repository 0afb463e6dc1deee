import type { RuleOption } from '@vcn-cni/iptables';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';

/** `-m recent`: kube-proxy's session affinity. Where the list was not captured, both ways are followed. */
export function recentHolds(options: readonly RuleOption[], at: TableVisit): boolean {
  const named = (name: string) => options.find((option) => option.name === name);
  const turned = options.some(({ negated }) => negated);
  if (named('--set') || named('--remove')) return !turned;
  if (!named('--rcheck') && !named('--update')) throw new CannotJudge('recent');
  const list = named('--name')?.values[0] ?? 'DEFAULT';
  return remembered(list, named('--rdest') !== undefined, at) !== turned;
}

function remembered(list: string, destination: boolean, at: TableVisit): boolean {
  const { space, skb, trail } = at;
  const address = destination ? skb.destination : skb.source;
  const known = space.capture.recent;
  if (known !== undefined) return known[list]?.includes(address) ?? false;
  const text = `${at.table}: whether list ${list} remembers ${address}`;
  return trail.choose(space.name, text, ['does not', 'does'], skb) === 1;
}
