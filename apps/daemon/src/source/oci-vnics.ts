/** What the cloud says of VNICs, in the words of this node. */
import { type CloudState, ownsVnic, type Vnic } from '@vcn-cni/oci-vnic';
import type { SourceVnic } from '../node/offer.ts';
import type { SourcedVnic } from './address-source.ts';

/** Attached ones of ours, as the host needs to know them. */
export function sourceVnics(
  { vnics, subnets }: CloudState,
  instanceId: string,
  ports: ReadonlyMap<number, string> | undefined,
): SourceVnic[] {
  const gateways = new Map(subnets.map(({ id, virtualRouter }) => [id, virtualRouter]));
  return vnics
    .filter((vnic) => vnic.lifecycle === 'attached' && ownsVnic(vnic, instanceId))
    .flatMap((vnic) => {
      const { id, mac, addresses, subnetId } = vnic;
      // A subnet that cannot be read has no known router: the VNIC is of no use yet.
      const router = gateways.get(subnetId);
      if (id === undefined || mac === undefined || router === undefined) return [];
      const trunk = trunkOf(vnic, ports);
      return [{ id, mac, addresses, gateways: router, ...(trunk && { trunk }) }];
    });
}

/** On bare metal a VNIC is a VLAN of a port, but for the first of each port (tag 0), which is the port. */
function trunkOf({ vlanTag, nicIndex }: Vnic, ports: ReadonlyMap<number, string> | undefined) {
  if (ports === undefined || vlanTag === undefined || vlanTag === 0) return undefined;
  const portMac = ports.get(nicIndex ?? 0);
  return { vlanId: vlanTag, ...(portMac !== undefined && { portMac }) };
}

/** All secondary ones, whoever attached them, for people. The service lists them for a while after they are detached. */
export function sourcedVnics({ vnics }: CloudState): SourcedVnic[] {
  return vnics
    .filter(({ isPrimary, lifecycle }) => !isPrimary && lifecycle !== 'detached')
    .map(({ id, displayName, subnetId, lifecycle, mac, addresses }) => ({
      ...(id !== undefined && { id }),
      name: displayName,
      subnet: subnetId,
      state: lifecycle,
      ...(mac !== undefined && { mac }),
      addresses: Object.values(addresses),
    }));
}
