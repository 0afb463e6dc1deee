import type { RouteSpec } from '@vcn-cni/netlink';
import type { Skb } from '../skb.ts';
import { addressesOf, type Space } from '../space.ts';
import type { Trail } from '../trail.ts';
import { refusalText } from './describe.ts';
import { lookup } from './lookup.ts';
import { tell } from './route-input.ts';
import { routeSource } from './source-address.ts';

export type OutputRoute = { route: RouteSpec } | { why: string };

/**
 * The routing decision about what is sent here: ip_route_output_key, and again after OUTPUT changed the packet
 * (ip_route_me_harder). An empty source is filled in.
 */
export function routeOutput(space: Space, skb: Skb, trail: Trail): OutputRoute {
  const { family, destination, mark } = skb;
  const source = skb.source === '' ? undefined : skb.source;
  const answer = lookup(space, { family, source, destination, iif: 'lo', mark });
  tell(space, skb, trail, answer);
  if (!answer.found) return { why: `${refusalText(answer)} for ${destination}` };
  if (source === undefined) {
    const chosen = routeSource(space, answer.route, destination);
    if (chosen === undefined) return { why: `${space.name} has no address to send from` };
    skb.source = chosen;
    trail.step(space.name, 'route', `source ${chosen} is chosen`, skb);
  }
  return { route: answer.route };
}

/** Whether an address is one of the namespace's own. */
export function isOwn(space: Space, skb: Skb): boolean {
  return (
    skb.source === '' ||
    skb.source.startsWith('127.') ||
    addressesOf(space, skb.family).some(({ address }) => address === skb.source)
  );
}
