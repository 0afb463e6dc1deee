import type { RuleOption } from '@vcn-cni/iptables';
import type { TableVisit } from '../netfilter/visit.ts';
import { addressType } from '../routing/address-type.ts';
import { CannotJudge } from '../trail.ts';

const known = new Set(['UNICAST', 'LOCAL', 'BROADCAST', 'MULTICAST']);

/** `-m addrtype`: what source and destination are to this node. */
export function addressTypeHolds(
  options: readonly RuleOption[],
  { space, skb }: TableVisit,
): boolean {
  const limited = (name: string) => options.some((option) => option.name === name);
  const link = limited('--limit-iface-in')
    ? skb.iif
    : limited('--limit-iface-out')
      ? skb.oif
      : undefined;
  return options.every(({ name, negated, values }) => {
    if (name !== '--src-type' && name !== '--dst-type') return true;
    const wanted = (values[0] ?? '').split(',');
    const strange = wanted.find((type) => !known.has(type));
    if (strange !== undefined) throw new CannotJudge(`addrtype ${strange}`);
    const address = name === '--src-type' ? skb.source : skb.destination;
    return wanted.includes(addressType(space, address, link).toUpperCase()) !== negated;
  });
}
