import type { RouteSpec } from '@vcn-cni/netlink';
import { addressType } from './routing/address-type.ts';
import { lookup } from './routing/lookup.ts';
import { reversePath } from './routing/reverse-path.ts';
import { linkSource } from './routing/source-address.ts';
import type { Skb } from './skb.ts';
import { addressesOf, largest, type Space } from './space.ts';

export type Neighbour = { mac?: string; text: string } | { missing: string };

/**
 * Who gets the frame. An entry of the capture decides; without one, the namespace at the other end is asked as ARP
 * and neighbour discovery would.
 */
export function neighbour(
  space: Space,
  skb: Skb,
  route: RouteSpec,
  end: { space: Space; link: string } | undefined,
): Neighbour {
  const link = skb.oif ?? '';
  const hop = route.gateway ?? skb.destination;
  const mac = space.neighbours.get(`${link} ${hop}`);
  if (mac !== undefined) return { mac, text: `${hop} is ${mac} on ${link}` };
  if (end === undefined) return { text: `${hop} is asked for on ${link}` };
  const text = `${hop} is asked for on ${link}, and ${end.space.name} answers`;
  if (skb.family === 'inet') {
    const asker = ownSource(space, skb, link, hop);
    const why = refusesArp(end.space, end.link, asker, hop);
    return why === undefined ? { text } : { missing: `no neighbour ${hop} on ${link}: ${why}` };
  }
  const answers = addressesOf(end.space, 'inet6', end.link).some(({ address }) => address === hop);
  if (answers) return { text };
  return {
    missing: `no neighbour ${hop} on ${link}: ${end.space.name} has no such address on ${end.link}`,
  };
}

/** arp_announce 0: the packet's own source if it is one of ours. */
function ownSource(space: Space, skb: Skb, link: string, hop: string): string {
  if (addressType(space, skb.source) === 'local') return skb.source;
  return linkSource(space, 'inet', link, hop, hop) ?? '0.0.0.0';
}

/** arp_process of net/ipv4/arp.c: why a request is not answered; undefined if it is. */
function refusesArp(space: Space, iif: string, asker: string, target: string): string | undefined {
  const unknown = `${space.name} does not answer for ${target}`;
  const query = { family: 'inet', source: asker, destination: target, iif, mark: 0 } as const;
  const answer = lookup(space, query);
  if (!answer.found) return unknown;
  const local = answer.route.type === 'local';
  const arrival = { source: asker, destination: target, mark: 0, iif };
  const back = reversePath(space, arrival, local ? undefined : answer.route.link);
  if (asker !== '0.0.0.0' && !back.passes)
    return `${unknown}, for the question is refused: ${back.text}`;
  if (local) {
    const ignore = largest(space, 'arp_ignore', iif);
    if (ignore === 0 || addressType(space, target, iif) === 'local') return undefined;
    return `${unknown} on ${iif}: arp_ignore is ${ignore}`;
  }
  const proxies = largest(space, 'proxy_arp', iif) > 0 && answer.route.link !== iif;
  const forwards = (space.sysctl(`net/ipv4/conf/${iif}/forwarding`) ?? 0) > 0;
  return proxies && forwards ? undefined : unknown;
}
