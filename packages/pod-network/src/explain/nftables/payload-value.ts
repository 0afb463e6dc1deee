import type { JsonObject } from '@vcn-cni/nftables';
import type { Skb } from '../skb.ts';
import { CannotJudge } from '../trail.ts';
import { protocolValue } from './meta-value.ts';
import type { Value } from './value.ts';

/** Fields of the packet's headers; undefined where the packet has no such header. */
export function readPayload({ protocol, field }: JsonObject, skb: Skb): Value | undefined {
  switch (protocol) {
    case 'ip':
    case 'ip6':
      return (protocol === 'ip') === (skb.family === 'inet') ? network(field, skb) : undefined;
    case 'tcp':
    case 'udp':
      return protocol === skb.protocol ? transport(field, skb) : undefined;
    case 'th':
      return skb.protocol === 'icmp' ? undefined : transport(field, skb);
    case 'icmp':
    case 'icmpv6':
      return skb.protocol === 'icmp' && (protocol === 'icmp') === (skb.family === 'inet')
        ? icmp(field, skb)
        : undefined;
    case 'sctp':
    case 'dccp':
    case 'udplite':
    case 'ah':
    case 'esp':
      return undefined;
    default:
      throw new CannotJudge(`${protocol ?? 'raw payload'} ${field ?? ''}`);
  }
}

function network(field: JsonObject[string] | undefined, skb: Skb): Value {
  if (field === 'saddr') return skb.source;
  if (field === 'daddr') return skb.destination;
  if (field === 'protocol' || field === 'nexthdr') return protocolValue(skb.protocol, skb.family);
  if (field === 'version') return skb.family === 'inet' ? 4 : 6;
  throw new CannotJudge(`ip ${field}`);
}

function transport(field: JsonObject[string] | undefined, skb: Skb): Value {
  if (field === 'sport') return skb.sourcePort;
  if (field === 'dport') return skb.destinationPort;
  if (field === 'flags' && skb.protocol === 'tcp') {
    return { any: skb.answer ? ['syn', 'ack'] : skb.state === 'new' ? ['syn'] : ['ack'] };
  }
  throw new CannotJudge(`${skb.protocol} ${field}`);
}

function icmp(field: JsonObject[string] | undefined, skb: Skb): Value {
  if (field === 'code') return 0;
  if (field !== 'type') throw new CannotJudge(`icmp ${field}`);
  if (skb.answer) return { any: ['echo-reply', skb.family === 'inet' ? 0 : 129] };
  return { any: ['echo-request', skb.family === 'inet' ? 8 : 128] };
}
