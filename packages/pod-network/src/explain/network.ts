import { contains } from './address.ts';
import type { HostCapture, VnicCapture } from './capture.ts';
import { openSpace, type Space } from './space.ts';

/** All captures, ready for looking things up. */
export interface Network {
  spaces: ReadonlyMap<string, Space>;
  /** The VNIC to which the VCN delivers an address. */
  owner(address: string): { space: Space; vnic: VnicCapture } | undefined;
}

/** @throws RangeError naming the namespace that is there twice, or the root that is not there. */
export function openNetwork(hosts: readonly HostCapture[]): Network {
  const spaces = new Map<string, Space>();
  for (const host of hosts) {
    for (const capture of host.namespaces) {
      if (spaces.has(capture.name)) {
        throw new RangeError(
          `namespaces: "${capture.name}" is there twice: give each another name`,
        );
      }
      spaces.set(capture.name, openSpace(host, capture));
    }
    if (!spaces.has(host.root)) {
      throw new RangeError(`root: "${host.root}" is not among the namespaces of ${host.name}`);
    }
  }
  return {
    spaces,
    owner(address) {
      for (const host of hosts) {
        const vnic = host.vnics.find((one) => one.addresses.some((own) => contains(own, address)));
        const space = spaces.get(host.root);
        if (vnic !== undefined && space !== undefined) return { space, vnic };
      }
      return undefined;
    },
  };
}

/** The VNIC that a link of a namespace is, if it is one. */
export function vnicOf(space: Space, link: string): VnicCapture | undefined {
  if (space.name !== space.host.root) return undefined;
  return space.host.vnics.find((vnic) => vnic.link === link);
}
