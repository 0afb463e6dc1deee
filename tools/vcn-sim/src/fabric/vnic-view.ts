import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { SubnetFacts, VnicFacts } from '../cloud/facts.ts';
import type { FabricBooks, Place } from './books.ts';

export const families = ['inet', 'inet6'] as const;
export type Family = (typeof families)[number];

/** A VNIC that the fabric carries, with everything that its rules are made from. */
export interface VnicView {
  facts: VnicFacts;
  subnet: SubnetFacts;
  place: Place;
  /** Name of the fabric's end. */
  link: string;
  /** What is delivered to it, by family. */
  cidrs: Record<Family, string[]>;
  /** Absent: none. */
  publicAddress?: string;
}

/** Derived from the id, so that nothing has to be remembered; 15 bytes at most. */
export function vnicLink(vnicId: string): string {
  return `vn${createHash('sha1').update(vnicId).digest('hex').slice(0, 11)}`;
}

export function familyOf(text: string): Family {
  return isIPv6(text.split('/')[0]!) ? 'inet6' : 'inet';
}

/** Only those whose place and subnet are known. */
export function viewVnics({ facts, places, publicAddresses }: FabricBooks): VnicView[] {
  const subnets = new Map(facts.subnets.map((subnet) => [subnet.id, subnet]));
  return facts.vnics.flatMap((vnic): VnicView[] => {
    const subnet = subnets.get(vnic.subnetId);
    const place = places.get(vnic.id);
    if (!subnet || !place) return [];
    const publicAddress = publicAddresses.get(vnic.id);
    return [
      {
        facts: vnic,
        subnet,
        place,
        link: vnicLink(vnic.id),
        cidrs: {
          inet: vnic.cidrs.filter((cidr) => familyOf(cidr) === 'inet'),
          inet6: vnic.cidrs.filter((cidr) => familyOf(cidr) === 'inet6'),
        },
        ...(publicAddress === undefined ? {} : { publicAddress }),
      },
    ];
  });
}
