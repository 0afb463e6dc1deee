import type { RouteSpec } from '@vcn-cni/netlink';
import { isLinkLocal, isLoopback, isMulticast } from '../address.ts';
import type { Skb } from '../skb.ts';
import { largest, type Space } from '../space.ts';
import type { Trail } from '../trail.ts';
import { refusalText, routeText, ruleText } from './describe.ts';
import { lookup, type RouteAnswer } from './lookup.ts';
import { reversePath } from './reverse-path.ts';

export type InputRoute =
  | { to: 'here' }
  | { to: 'forward'; route: RouteSpec }
  | { to: 'nowhere'; why: string };

/** The routing decision about a packet that came in by `skb.iif`: ip_route_input_slow, ip6_route_input. */
export function routeInput(space: Space, skb: Skb, trail: Trail): InputRoute {
  const iif = skb.iif ?? 'lo';
  if (isMulticast(skb.destination)) {
    trail.doubt(space.name, `multicast to ${skb.destination}`, skb);
    return { to: 'nowhere', why: 'multicast is not followed' };
  }
  const martian = skb.family === 'inet' ? martian4(space, skb, iif) : martian6(skb, iif);
  if (martian !== undefined) return { to: 'nowhere', why: martian };
  const { family, source, destination, mark } = skb;
  const answer = lookup(space, { family, source, destination, iif, mark });
  tell(space, skb, trail, answer);
  if (!answer.found) return { to: 'nowhere', why: `${refusalText(answer)} for ${destination}` };
  const local = answer.route.type === 'local';
  if (!local && !forwards(space, skb, iif, trail)) {
    return {
      to: 'nowhere',
      why: `${destination} is not an address of ${space.name}, and forwarding is off for ${iif}`,
    };
  }
  if (family === 'inet6') return sixth(skb, answer.route);
  if (space.sysctl(`net/ipv4/conf/${iif}/rp_filter`) === undefined) {
    trail.doubt(space.name, `rp_filter of ${iif} was not captured`, skb);
  }
  const back = reversePath(space, { ...skb, iif }, local ? undefined : answer.route.link);
  if (!back.passes) return { to: 'nowhere', why: `martian source: ${back.text}` };
  trail.step(space.name, 'reverse-path', back.text, skb, { link: iif });
  return local ? { to: 'here' } : { to: 'forward', route: answer.route };
}

export function tell(space: Space, skb: Skb, trail: Trail, answer: RouteAnswer): void {
  if (answer.rule !== undefined) {
    trail.step(space.name, 'rule', ruleText(answer.rule), skb);
  }
  if (answer.route !== undefined) {
    const { link } = answer.route;
    const at = link === undefined ? {} : { link };
    trail.step(space.name, 'route', routeText(answer.route), skb, at);
  }
}

function sixth(skb: Skb, route: RouteSpec): InputRoute {
  if (route.type === 'local') return { to: 'here' };
  if (isLinkLocal(skb.source)) {
    return { to: 'nowhere', why: `link-local source ${skb.source} is not forwarded` };
  }
  return { to: 'forward', route };
}

function martian4(space: Space, skb: Skb, iif: string): string | undefined {
  const open = iif === 'lo' || largest(space, 'route_localnet', iif) > 0;
  if (isMulticast(skb.source) || skb.source === '255.255.255.255')
    return 'martian source: no unicast';
  if (isLoopback(skb.destination) && !open) {
    return `martian destination: ${skb.destination} from outside, and route_localnet of ${iif} is 0`;
  }
  if (isLoopback(skb.source) && !open) {
    return `martian source: ${skb.source} from outside, and route_localnet of ${iif} is 0`;
  }
  if (skb.source.startsWith('0.') || skb.destination.startsWith('0.')) return 'martian: 0.0.0.0/8';
  return undefined;
}

function martian6(skb: Skb, iif: string): string | undefined {
  if (iif === 'lo') return undefined;
  if (isLoopback(skb.source) || isLoopback(skb.destination)) return '::1 from outside';
  return isMulticast(skb.source) ? 'the source is no unicast address' : undefined;
}

function forwards(space: Space, skb: Skb, iif: string, trail: Trail): boolean {
  const names =
    skb.family === 'inet'
      ? [`net/ipv4/conf/${iif}/forwarding`]
      : ['net/ipv6/conf/all/forwarding', `net/ipv6/conf/${iif}/force_forwarding`];
  const values = names.map((name) => space.sysctl(name));
  if (values[0] === undefined) {
    trail.doubt(space.name, `${names[0]} was not captured`, skb);
    return true;
  }
  return values.some((value) => value !== undefined && value > 0);
}
