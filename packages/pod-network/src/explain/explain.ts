import { canonicalAddress } from '@vcn-cni/netlink';
import { familyOf } from '../link-local.ts';
import type { HostCapture } from './capture.ts';
import { inverse } from './connection.ts';
import type { Choice, Explanation } from './explanation.ts';
import { type Expected, type Journey, travel } from './journey.ts';
import { type Network, openNetwork } from './network.ts';
import type { Packet } from './packet.ts';
import { flowOf, type Skb } from './skb.ts';
import type { Space } from './space.ts';
import { Trail } from './trail.ts';
import { enterVnic } from './vcn.ts';

export interface ExplainOptions {
  /** What to take at each drawing of lots in turn. Absent: all ways are followed, the first options first. */
  choices?: readonly number[];
  /** How many ways at most. Absent: 64. */
  limit?: number;
}

/**
 * Follows a packet, and the answer to it, through captured kernel state: pure. Every rule, route and chain line
 * that decides something is a step. Where the kernel draws lots, each way is an explanation of its own in `others`.
 * @throws RangeError naming what the captures do not hold: the namespace or link that the packet comes from.
 * @throws TypeError for an address that is none.
 */
export function explain(
  hosts: readonly HostCapture[],
  packet: Packet,
  options: ExplainOptions = {},
): Explanation {
  const { choices, limit = 64 } = options;
  const first = followOnce(hosts, packet, choices ?? []);
  if (choices !== undefined) return first;
  const others: Explanation[] = [];
  let script = next(lotsOf(first));
  while (script !== undefined && others.length < limit - 1) {
    const other = followOnce(hosts, packet, script);
    others.push(other);
    script = next(lotsOf(other));
  }
  if (others.length === 0) return first;
  return { ...first, others, ...(script === undefined ? {} : { more: true }) };
}

/** The lots of both ways, in the order in which they are drawn. */
function lotsOf({ choices, back }: Explanation): Choice[] {
  return [...choices, ...(back?.choices ?? [])];
}

/** The script that differs from the one taken as late as it can: every way in turn. */
function next(lots: readonly Choice[]): number[] | undefined {
  const last = lots.findLastIndex(({ taken, options }) => taken + 1 < options.length);
  if (last < 0) return undefined;
  return lots.slice(0, last + 1).map(({ taken }, at) => (at === last ? taken + 1 : taken));
}

function followOnce(
  hosts: readonly HostCapture[],
  packet: Packet,
  script: readonly number[],
): Explanation {
  const network = openNetwork(hosts);
  const start = network.spaces.get(packet.from.namespace);
  if (start === undefined) {
    throw new RangeError(`from.namespace: "${packet.from.namespace}" is not in the captures`);
  }
  const skb = begin(packet, start);
  const there = new Trail(script);
  if (skb.iif !== undefined) {
    there.step(start.name, 'link', `arrives by ${skb.iif}`, skb, { link: skb.iif });
  }
  const journey = travel(network, start, skb, there);
  const forth = explanation(journey, there);
  if (journey.verdict !== 'delivered') return forth;
  // The source that the kernel chose; NAT may have changed it in the packet since.
  const source = packet.source ?? start.connections[0]?.original.source ?? skb.source;
  const asked = begin({ ...packet, source }, start);
  const expected: Expected = {
    tuple: inverse(asked),
    ...(packet.from.link === undefined ? { space: start } : {}),
  };
  const back = new Trail(script.slice(there.choices.length));
  return { ...forth, back: explanation(answer(network, journey, expected, back), back) };
}

function explanation(journey: Journey, trail: Trail): Explanation {
  const { verdict, where, why, packet } = journey;
  const doubt = trail.doubtful;
  const reason = doubt ?? why;
  return {
    verdict: doubt === undefined ? verdict : 'uncertain',
    ...(where === undefined ? {} : { where }),
    ...(reason === undefined ? {} : { why: reason }),
    packet,
    steps: trail.steps,
    choices: trail.choices,
  };
}

function begin(packet: Packet, start: Space): Skb {
  const { from, protocol, mark = 0, ctstate = 'new', uid, gid } = packet;
  const destination = canonicalAddress(packet.destination);
  if (from.link !== undefined && packet.source === undefined) {
    throw new RangeError('source: a packet that arrives by a link has one, give it');
  }
  if (from.link !== undefined && !start.links.has(from.link)) {
    throw new RangeError(`from.link: ${start.name} has no link "${from.link}"`);
  }
  const { sourcePort = 40000, destinationPort } = packet;
  if (protocol !== 'icmp' && destinationPort === undefined) {
    throw new RangeError(`destinationPort: ${protocol} needs one`);
  }
  const source = packet.source === undefined ? '' : canonicalAddress(packet.source);
  if (source !== '' && familyOf(source) !== familyOf(destination)) {
    throw new RangeError(`source: "${source}" and "${destination}" are of two families`);
  }
  return {
    family: familyOf(destination),
    source,
    destination,
    protocol,
    sourcePort: protocol === 'icmp' ? 0 : sourcePort,
    destinationPort: protocol === 'icmp' ? 0 : (destinationPort ?? 0),
    mark,
    direction: 'original',
    state: 'new',
    asked: ctstate,
    untracked: false,
    answer: false,
    ...(from.link === undefined
      ? { owner: { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) } }
      : { iif: from.link }),
  };
}

/** The answer to what was delivered, from the socket that got it or from beyond the captures. */
function answer(network: Network, journey: Journey, expected: Expected, trail: Trail): Journey {
  const { skb, space, outside } = journey;
  const reply: Skb = {
    ...inverse(skb),
    family: skb.family,
    mark: 0,
    direction: 'original',
    state: 'new',
    // An answer whose question was never seen here (nf_conntrack_tcp: SYN,ACK first).
    asked: skb.protocol === 'udp' ? 'new' : 'invalid',
    untracked: false,
    answer: true,
  };
  if (space !== undefined) return travel(network, space, { ...reply, owner: {} }, trail, expected);
  const owner = network.owner(reply.destination);
  const packet = flowOf(reply);
  if (owner === undefined || outside === undefined) {
    const why = `the answer is for ${reply.destination}, which is of no VNIC in the captures`;
    trail.step('VCN', 'drop', why, reply);
    return { verdict: 'dropped', where: 'VCN', why, packet, skb: reply };
  }
  const entry = enterVnic(owner.space, owner.vnic, reply, trail);
  if (entry.kind !== 'arrived') {
    const why = 'why' in entry ? entry.why : '';
    return { verdict: 'dropped', where: 'VCN', why, packet, skb: reply };
  }
  return travel(network, entry.space, { ...reply, iif: entry.link }, trail, expected);
}
