import type { JsonObject } from '@vcn-cni/nftables';
import { isLinkLocal, isMulticast } from '../address.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { addressType } from '../routing/address-type.ts';
import { lookup } from '../routing/lookup.ts';
import { CannotJudge } from '../trail.ts';
import type { Value } from './value.ts';

/** `fib FLAGS RESULT`: nft_fib4_eval, nft_fib6_eval and their types. Without a route the interface is 0. */
export function readFib({ result, flags }: JsonObject, at: TableVisit): Value {
  const given = new Set([flags].flat());
  const { skb, space } = at;
  const address = given.has('saddr') ? skb.source : skb.destination;
  const link = given.has('iif') ? skb.iif : given.has('oif') ? skb.oif : undefined;
  if (result === 'type') return addressType(space, address, link);
  if (result !== 'oif' && result !== 'oifname') throw new CannotJudge(`fib result ${result}`);
  const none = result === 'oif' ? 0 : '';
  // What comes over lo passes.
  if (at.hook === 'prerouting' && skb.iif === 'lo') return 'lo';
  const other = given.has('saddr') ? skb.destination : skb.source;
  const answer = lookup(space, {
    family: skb.family,
    destination: address,
    source: isMulticast(other) ? undefined : other,
    iif: 'lo',
    oif: isLinkLocal(address) ? (link ?? skb.iif) : undefined,
    mark: given.has('mark') ? skb.mark : 0,
  });
  if (!answer.found || answer.route.type === 'local') return none;
  const found = answer.route.link ?? none;
  return link === undefined || link === found ? found : none;
}
