/** What the cloud says of VNICs, in the words of this node. */
import { type CloudState, ownsVnic, type Vnic } from '@vcn-cni/oci-vnic';
import type { SourceVnic } from '../node/offer.ts';
import type { SourcedVnic } from './address-source.ts';

/** What of the instance the metadata service alone tells. */
export interface InstanceFacts {
  instanceId: string;
  /** Bare metal: the MAC address of each physical port, by its index. Absent on virtual machines. */
  ports?: ReadonlyMap<number, string>;
  /** Virtual routers by OCID of the VNIC; asked for where a subnet may not be read. */
  routers: ReadonlyMap<string, SourceVnic['gateways']>;
}

/** Attached ones of ours, as the host needs to know them. One whose router nobody tells is of no use yet. */
export function sourceVnics(state: CloudState, facts: InstanceFacts): SourceVnic[] {
  return attachedVnics(state, facts).flatMap((vnic) => {
    const { id, mac, addresses } = vnic;
    const gateways = routerOf(vnic, state, facts);
    if (id === undefined || mac === undefined || gateways === undefined) return [];
    const trunk = trunkOf(vnic, facts.ports);
    return [{ id, mac, addresses, gateways, ...(trunk && { trunk }) }];
  });
}

/** Whether there is a VNIC whose router nobody has told yet. */
export function lacksRouter(state: CloudState, facts: InstanceFacts): boolean {
  return attachedVnics(state, facts).some((vnic) => routerOf(vnic, state, facts) === undefined);
}

function attachedVnics({ vnics }: CloudState, { instanceId }: InstanceFacts): Vnic[] {
  return vnics.filter((vnic) => vnic.lifecycle === 'attached' && ownsVnic(vnic, instanceId));
}

function routerOf({ id, subnetId }: Vnic, { subnets }: CloudState, { routers }: InstanceFacts) {
  return subnets.find((subnet) => subnet.id === subnetId)?.virtualRouter ?? routers.get(id ?? '');
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
