import type { AttachmentRecord, IpRecord, Resource } from './records.ts';
import type { World } from './world.ts';

/** What the cloud holds for whom: what is left here after a test has leaked. */
export interface Books {
  vnics: BookedVnic[];
  addresses: BookedAddress[];
  subnets: BookedSubnet[];
}

export interface BookedVnic {
  id: string;
  attachmentId: string;
  instanceId: string;
  subnetId: string;
  state: AttachmentRecord['lifecycle'];
  isPrimary: boolean;
  displayName: string;
  freeformTags: Record<string, string>;
}

export interface BookedAddress {
  id: string;
  /** Absent: reserved, and on no VNIC. */
  vnicId?: string;
  subnetId: string;
  cidr: string;
  state: IpRecord['lifecycle'];
  isPrimary: boolean;
  freeformTags: Record<string, string>;
}

export interface BookedSubnet {
  id: string;
  state: 'AVAILABLE' | 'UPDATING' | 'TERMINATED';
  cidrs: { cidr: string; used: string; usable: string }[];
}

/** Which lines: everything that is asked for must hold; a tag is asked for by all its pairs. */
export interface BooksFilter {
  instanceId?: string;
  tags?: Record<string, string>;
}

export function readBooks(world: World, { instanceId, tags = {} }: BooksFilter = {}): Books {
  const tagged = ({ freeformTags }: Resource) =>
    Object.entries(tags).every(([name, value]) => freeformTags[name] === value);
  const ofInstance = (vnicId: string | undefined) =>
    instanceId === undefined || world.vnics.get(`${vnicId}`)?.instanceId === instanceId;
  return {
    vnics: [...world.vnics.values()]
      .filter((vnic) => tagged(vnic) && ofInstance(vnic.id))
      .map(({ id, attachmentId, instanceId, subnetId, isPrimary, displayName, freeformTags }) => {
        const state = world.attachments.get(attachmentId)!.lifecycle;
        return {
          id,
          attachmentId,
          instanceId,
          subnetId,
          state,
          isPrimary,
          displayName,
          freeformTags,
        };
      }),
    addresses: [...world.ips.values()]
      .filter((ip) => tagged(ip) && ofInstance(ip.vnicId))
      .map(({ id, vnicId, subnetId, cidr, lifecycle, isPrimary, freeformTags }) => ({
        id,
        ...(vnicId !== undefined && { vnicId }),
        subnetId,
        cidr: cidr.text,
        state: lifecycle,
        isPrimary,
        freeformTags,
      })),
    subnets: [...world.subnets.values()].map(({ id, lifecycle, spaces }) => ({
      id,
      state: lifecycle,
      cidrs: spaces.map((space) => ({
        cidr: space.cidr.text,
        used: `${space.used()}`,
        usable: `${space.usable}`,
      })),
    })),
  };
}
