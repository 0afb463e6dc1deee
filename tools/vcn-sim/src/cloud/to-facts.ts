import type { CloudFacts, InstanceFacts, VnicFacts } from './facts.ts';
import { addressesOf } from './ips.ts';
import type { InstanceRecord, VnicRecord } from './records.ts';
import type { World } from './world.ts';

/** Everything that a fabric follows, as it is now. */
export function cloudFacts(world: World): CloudFacts {
  const running = [...world.instances.values()].filter(({ lifecycle }) => lifecycle === 'RUNNING');
  const seen = [...world.vnics.values()].filter(({ attachmentId }) => {
    const lifecycle = world.attachments.get(attachmentId)?.lifecycle;
    return lifecycle === 'ATTACHED' || lifecycle === 'DETACHING';
  });
  return {
    vcns: [...world.vcns.values()].map(({ facts }) => facts),
    subnets: [...world.subnets.values()].map(({ facts }) => facts),
    instances: running.map(instanceFacts),
    vnics: seen.map((vnic) => vnicFacts(world, vnic)),
    security: [...world.security.values()].map(({ facts }) => facts),
  };
}

export const instanceFacts = ({ id, displayName, shape }: InstanceRecord): InstanceFacts => ({
  id,
  displayName,
  kind: shape.kind,
  shape: shape.name,
});

export function vnicFacts(world: World, vnic: VnicRecord): VnicFacts {
  const { nicIndex, vlanTag } = world.attachments.get(vnic.attachmentId)!;
  const held = addressesOf(world, vnic.id).filter(({ lifecycle }) => lifecycle === 'AVAILABLE');
  return {
    id: vnic.id,
    attachmentId: vnic.attachmentId,
    instanceId: vnic.instanceId,
    subnetId: vnic.subnetId,
    isPrimary: vnic.isPrimary,
    mac: vnic.mac,
    nicIndex,
    vlanTag,
    address: ownAddress(world, vnic),
    cidrs: held.map(({ cidr }) => cidr.text),
    skipSourceDestCheck: vnic.skipSourceDestCheck,
    nsgIds: [...vnic.nsgIds],
  };
}

/** The primary private IP, and the first single IPv6. */
export function ownAddress(world: World, vnic: VnicRecord): { inet?: string; inet6?: string } {
  const held = addressesOf(world, vnic.id);
  const inet = held.find(({ isPrimary }) => isPrimary);
  const inet6 = held.find(({ cidr, isBlock }) => cidr.family === 'inet6' && !isBlock);
  return {
    ...(inet && { inet: hostPart(inet.cidr.text) }),
    ...(inet6 && { inet6: hostPart(inet6.cidr.text) }),
  };
}

const hostPart = (cidr: string): string => cidr.slice(0, cidr.indexOf('/'));
