import type { RuleOption } from '@vcn-cni/iptables';
import { isMulticast } from '../address.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { lookup } from '../routing/lookup.ts';

/** `-m rpfilter`: whether an answer to the source would leave where it came in (ipt_rpfilter.c, ip6t_rpfilter.c). */
export function rpfilterHolds(options: readonly RuleOption[], at: TableVisit): boolean {
  const given = new Set(options.map(({ name }) => name));
  return passes(at, given) !== given.has('--invert');
}

function passes({ space, skb }: TableVisit, given: ReadonlySet<string>): boolean {
  if (skb.iif === undefined || skb.iif === 'lo') return true;
  const answer = lookup(space, {
    family: skb.family,
    destination: skb.source,
    source: isMulticast(skb.destination) ? undefined : skb.destination,
    iif: 'lo',
    oif: skb.family === 'inet6' && !given.has('--loose') ? skb.iif : undefined,
    mark: given.has('--validmark') ? skb.mark : 0,
  });
  if (!answer.found) return false;
  if (answer.route.type === 'local') return given.has('--accept-local');
  return answer.route.link === skb.iif || given.has('--loose');
}
