import type { Listener } from './capture.ts';
import { sameTuple, type Tuple } from './connection.ts';
import { arriving, cross } from './crossing.ts';
import type { Explanation } from './explanation.ts';
import type { Network } from './network.ts';
import { formatFlow } from './packet.ts';
import { flowOf, type Skb } from './skb.ts';
import type { Space } from './space.ts';
import { input, type Outcome, output } from './stack.ts';
import type { Trail } from './trail.ts';

/** Where a journey ended. */
export interface Journey extends Pick<Explanation, 'verdict' | 'where' | 'why' | 'packet'> {
  /** The namespace of the socket; absent beyond the captures. */
  space?: Space;
  /** The VNIC by which it left the captures. */
  outside?: { space: Space; link: string };
  skb: Skb;
}

/** Whom an answer has to reach to be one. */
export interface Expected {
  /** Absent: somebody beyond the captures. */
  space?: Space;
  tuple: Tuple;
}

/** A packet that a router sends in circles ends by its TTL. */
const hops = 64;

/** Follows a packet from namespace to namespace until it is delivered, dropped or out of sight. */
export function travel(
  network: Network,
  start: Space,
  skb: Skb,
  trail: Trail,
  expected?: Expected,
): Journey {
  let space = start;
  let packet = skb;
  const ended = (verdict: Journey['verdict'], where: string): Journey => ({
    verdict,
    where,
    packet: flowOf(packet),
    skb: packet,
  });
  const dropped = (why: string, place = space.name, link?: string): Journey => {
    trail.step(place, 'drop', why, packet, link === undefined ? {} : { link });
    return { ...ended('dropped', link === undefined ? place : `${place} ${link}`), why };
  };
  for (let hop = 0; hop < hops; hop++) {
    const outcome: Outcome =
      packet.iif === undefined ? output(space, packet, trail) : input(space, packet, trail);
    if (outcome.kind === 'dropped') return dropped(outcome.why);
    if (outcome.kind === 'delivered') {
      const why = refusesDelivery(space, packet, expected);
      if (why !== undefined) return dropped(why);
      const text = `delivered in ${space.name}: ${formatFlow(flowOf(packet))}`;
      trail.step(space.name, 'deliver', text, packet);
      return { ...ended('delivered', space.name), space };
    }
    const crossing = cross(network, space, packet, trail);
    switch (crossing.kind) {
      case 'dropped':
        return dropped(crossing.why, crossing.place, crossing.link);
      case 'unknown':
        trail.doubt(space.name, crossing.why, packet);
        return { ...ended('uncertain', space.name), why: crossing.why };
      case 'outside': {
        const why = expected && refusesOutside(packet, expected);
        if (why !== undefined) return dropped(why, 'VCN');
        trail.step('VCN', 'deliver', `on its way to ${packet.destination}`, packet);
        const outside = { space, link: crossing.link };
        return { ...ended('delivered', 'VCN'), outside };
      }
      case 'arrived':
        packet = arriving(packet, space, crossing.space, crossing.link);
        space = crossing.space;
    }
  }
  return dropped(`sent in circles until its TTL ended (${hops} hops)`);
}

function refusesDelivery(space: Space, skb: Skb, expected?: Expected): string | undefined {
  if (expected === undefined) return refusesUnlistened(space, skb);
  if (expected.space?.name !== space.name) {
    const asker =
      expected.space === undefined ? 'beyond the captures' : `in ${expected.space.name}`;
    return `the answer came to ${space.name}, but who asked is ${asker}`;
  }
  return refusesAnswer(skb, expected);
}

function refusesOutside(skb: Skb, expected: Expected): string | undefined {
  if (expected.space === undefined) return refusesAnswer(skb, expected);
  return `the answer goes beyond the captures, but who asked is in ${expected.space.name}`;
}

/** A client knows an answer by its addresses and ports. */
function refusesAnswer(skb: Skb, { tuple }: Expected): string | undefined {
  if (sameTuple(skb, tuple)) return undefined;
  const wanted = formatFlow({ ...tuple, mark: 0 });
  return `no answer to what was asked: ${formatFlow({ ...flowOf(skb), mark: 0 })}, expected ${wanted}`;
}

function refusesUnlistened({ capture, name }: Space, skb: Skb): string | undefined {
  const { listeners } = capture;
  if (listeners === undefined || skb.protocol === 'icmp') return undefined;
  if (listeners.some((listener) => hears(listener, skb))) return undefined;
  return `nobody in ${name} listens on ${skb.protocol} ${skb.destination} port ${skb.destinationPort}`;
}

function hears({ protocol, address, port }: Listener, skb: Skb): boolean {
  if (protocol !== skb.protocol || port !== skb.destinationPort) return false;
  const any = skb.family === 'inet' ? '0.0.0.0' : '::';
  return address === '*' || address === any || address === skb.destination;
}
