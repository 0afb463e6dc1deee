import { neighbour } from './neighbour.ts';
import { type Network, vnicOf } from './network.ts';
import type { Skb } from './skb.ts';
import type { Space } from './space.ts';
import type { Trail } from './trail.ts';
import { leaveVnic } from './vcn.ts';

/** Where a packet that a namespace sent comes out. */
export type Crossing =
  | { kind: 'arrived'; space: Space; link: string }
  /** Beyond every capture, by a VNIC. */
  | { kind: 'outside'; link: string }
  /** By a link whose other end was not captured. */
  | { kind: 'unknown'; why: string }
  /** In a namespace or in the VCN, at a link where it is one's fault. */
  | { kind: 'dropped'; place: string; link?: string; why: string };

/** From the interface that the route chose to the next namespace: neighbour, veth, VNIC. */
export function cross(network: Network, space: Space, skb: Skb, trail: Trail): Crossing {
  const link = skb.oif ?? '';
  const fact = space.links.get(link);
  const dropped = (why: string): Crossing => ({ kind: 'dropped', place: space.name, link, why });
  if (fact === undefined) return { kind: 'unknown', why: `link ${link} is not in the capture` };
  if (!fact.up) return dropped(`${link} is down`);
  const peer = space.capture.peers[link];
  const far = peer === undefined ? undefined : network.spaces.get(peer.namespace);
  const end = far === undefined || peer === undefined ? undefined : { space: far, link: peer.link };
  const farFact = end?.space.links.get(end.link);
  if (farFact?.up === false || !fact.running) return dropped(`the other end of ${link} is down`);
  const next = skb.route === undefined ? undefined : neighbour(space, skb, skb.route, end);
  if (next !== undefined && 'missing' in next) return dropped(next.missing);
  if (next !== undefined) trail.step(space.name, 'neighbour', next.text, skb, { link });
  if (next?.mac !== undefined && farFact?.mac !== undefined && farFact.mac !== next.mac) {
    return dropped(
      `the frame goes to ${next.mac}, but ${end?.space.name} ${end?.link} is ${farFact.mac}`,
    );
  }
  const vnic = vnicOf(space, link);
  if (vnic !== undefined) return leaveVnic(network, space, vnic, skb, trail, end);
  if (end === undefined) {
    return { kind: 'unknown', why: `the other end of ${link} was not captured` };
  }
  const text = `${link} leads to ${end.link} of ${end.space.name}`;
  trail.step(space.name, 'link', text, skb, { link });
  return { kind: 'arrived', ...end };
}

/** What a packet takes along into another namespace (skb_scrub_packet): no mark, no connection. */
export function arriving(skb: Skb, from: Space, to: Space, link: string): Skb {
  const { connection: _connection, oif: _oif, route: _route, owner: _owner, ...rest } = skb;
  const kept = from.name === to.name ? skb.mark : 0;
  return { ...rest, mark: kept, iif: link, direction: 'original', state: 'new', untracked: false };
}
