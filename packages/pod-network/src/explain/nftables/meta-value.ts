import type { JsonObject } from '@vcn-cni/nftables';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';
import type { Value } from './value.ts';

/** `meta ...`: nft_meta_get_eval. */
export function readMeta({ key }: JsonObject, { space, skb, hook }: TableVisit): Value | undefined {
  const outgoing = hook === 'forward' || hook === 'output' || hook === 'postrouting';
  const oif = outgoing ? skb.oif : undefined;
  const { iif } = skb;
  switch (key) {
    case 'iifname':
    case 'iif':
      return iif ?? (key === 'iifname' ? '' : undefined);
    case 'oifname':
    case 'oif':
      return oif ?? (key === 'oifname' ? '' : undefined);
    case 'iifgroup':
      return group(space.links.get(iif ?? '')?.group);
    case 'oifgroup':
      return group(space.links.get(oif ?? '')?.group);
    case 'mark':
      return skb.mark;
    case 'l4proto':
      return protocolValue(skb.protocol, skb.family);
    case 'nfproto':
      return skb.family === 'inet' ? 'ipv4' : 'ipv6';
    case 'protocol':
      return { any: skb.family === 'inet' ? ['ip', 2048] : ['ip6', 34525] };
    case 'skuid':
    case 'skgid': {
      if (skb.owner === undefined) return undefined;
      const id = key === 'skuid' ? skb.owner.uid : skb.owner.gid;
      if (id === undefined) throw new CannotJudge(`${key}: the sender's is not told`);
      return { any: id === 0 ? [0, 'root'] : [id] };
    }
    case 'pkttype':
      return { any: ['host', 'unicast', 0] };
    default:
      throw new CannotJudge(`meta ${key}`);
  }
}

export function protocolValue(protocol: 'tcp' | 'udp' | 'icmp', family: 'inet' | 'inet6'): Value {
  if (protocol === 'tcp') return { any: ['tcp', 6] };
  if (protocol === 'udp') return { any: ['udp', 17] };
  return { any: family === 'inet' ? ['icmp', 1] : ['ipv6-icmp', 'icmpv6', 58] };
}

function group(number: number | undefined): Value | undefined {
  if (number === undefined) return undefined;
  return { any: number === 0 ? [0, 'default'] : [number] };
}
