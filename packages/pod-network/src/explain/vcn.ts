import { contains, isLinkLocal } from './address.ts';
import type { SecurityRule, VnicCapture } from './capture.ts';
import type { Crossing } from './crossing.ts';
import type { Network } from './network.ts';
import type { Skb } from './skb.ts';
import type { Space } from './space.ts';
import type { Trail } from './trail.ts';

/** What the VCN does with a packet that leaves by a VNIC: the source must be the VNIC's own, then it is delivered by address. */
export function leaveVnic(
  network: Network,
  space: Space,
  vnic: VnicCapture,
  skb: Skb,
  trail: Trail,
  end: { space: Space; link: string } | undefined,
): Crossing {
  const { link } = vnic;
  const drop = (why: string): Crossing => ({ kind: 'dropped', place: 'VCN', why });
  const own = vnic.addresses.some((address) => contains(address, skb.source));
  if (!own && !vnic.skipSourceDestCheck && !isLinkLocal(skb.source)) {
    const owner = network.owner(skb.source);
    const whose = owner ? `: it is of ${owner.vnic.link} of ${owner.space.name}` : '';
    return drop(
      `source ${skb.source} is not of the VNIC ${link}, by which it left ${space.name}${whose}`,
    );
  }
  const belongs = own ? 'is of this VNIC' : 'may leave: no source check on this VNIC';
  trail.step(space.name, 'vnic', `leaves by ${link}: source ${skb.source} ${belongs}`, skb, {
    link,
  });
  if (!lets(vnic, 'egress', skb))
    return drop(`security rules of ${link} of ${space.name} let no such packet out`);
  // A fabric that was captured routes by itself.
  if (end !== undefined) return { kind: 'arrived', ...end };
  const owner = network.owner(skb.destination);
  if (owner === undefined) {
    trail.step('VCN', 'vnic', `${skb.destination} is of no VNIC in the capture: routed on`, skb);
    return { kind: 'outside', link };
  }
  return enterVnic(owner.space, owner.vnic, skb, trail);
}

/** The VCN hands a packet to a VNIC. */
export function enterVnic(space: Space, vnic: VnicCapture, skb: Skb, trail: Trail): Crossing {
  const { link } = vnic;
  if (!lets(vnic, 'ingress', skb)) {
    const why = `security rules of ${link} of ${space.name} let no such packet in`;
    return { kind: 'dropped', place: 'VCN', why };
  }
  trail.step('VCN', 'vnic', `${skb.destination} is of ${link} of ${space.name}`, skb, { link });
  return { kind: 'arrived', space, link };
}

/** Answers of what was let through pass by themselves: the rules are stateful. */
function lets({ security }: VnicCapture, direction: SecurityRule['direction'], skb: Skb): boolean {
  if (security === undefined || skb.answer) return true;
  const other = direction === 'ingress' ? skb.source : skb.destination;
  return security.some(
    (rule) =>
      rule.direction === direction &&
      contains(rule.cidr, other) &&
      (rule.protocol === undefined || rule.protocol === skb.protocol) &&
      (rule.ports === undefined ||
        (rule.ports[0] <= skb.destinationPort && skb.destinationPort <= rule.ports[1])),
  );
}
