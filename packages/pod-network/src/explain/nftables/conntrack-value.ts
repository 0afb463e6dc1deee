import type { JsonObject } from '@vcn-cni/nftables';
import { isTranslated, type Tuple } from '../connection.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';
import { protocolValue } from './meta-value.ts';
import type { Value } from './value.ts';

/** `ct ...`: nft_ct_get_eval. Of a packet without a connection only the state has a value. */
export function readConntrack({ key, dir }: JsonObject, { skb }: TableVisit): Value | undefined {
  const { connection, family } = skb;
  if (key === 'state') {
    return connection !== undefined || skb.state !== 'new' ? skb.state : 'invalid';
  }
  if (connection === undefined) return undefined;
  if (dir === 'original' || dir === 'reply') return side(key, connection[dir], family);
  switch (key) {
    case 'direction':
      return { any: [skb.direction, skb.direction === 'original' ? 0 : 1] };
    case 'mark':
      return connection.mark;
    case 'status': {
      const bits = connection.replied ? ['seen-reply', 'assured', 'confirmed'] : [];
      if (isTranslated(connection, 'source')) bits.push('snat');
      if (isTranslated(connection, 'destination')) bits.push('dnat');
      return { any: bits };
    }
    case 'zone':
      return 0;
    case 'protocol':
    case 'l3proto':
      return side(key, connection.original, family);
    default:
      throw new CannotJudge(`ct ${key}`);
  }
}

function side(
  key: JsonObject[string] | undefined,
  tuple: Tuple,
  family: 'inet' | 'inet6',
): Value | undefined {
  switch (key) {
    case 'ip saddr':
    case 'ip daddr':
    case 'ip6 saddr':
    case 'ip6 daddr':
      if (key.startsWith('ip6') !== (family === 'inet6')) return undefined;
      return key.endsWith('saddr') ? tuple.source : tuple.destination;
    case 'saddr':
      return tuple.source;
    case 'daddr':
      return tuple.destination;
    case 'proto-src':
      return tuple.sourcePort;
    case 'proto-dst':
      return tuple.destinationPort;
    case 'protocol':
      return protocolValue(tuple.protocol, family);
    case 'l3proto':
      return family === 'inet' ? 'ipv4' : 'ipv6';
    default:
      throw new CannotJudge(`ct ${key}`);
  }
}
