import type { Cloud } from '../cloud/cloud.ts';
import type { SubnetFacts, VnicFacts } from '../cloud/facts.ts';
import { contains, parseCidr } from '../cloud/ip.ts';

/** What `/opc/v2/vnics/` tells of one VNIC: its own addresses, never the secondary ones. */
export function vnicDocument(
  vnic: VnicFacts,
  subnet: SubnetFacts,
  kind: 'vm' | 'bm',
): Record<string, unknown> {
  const { inet, inet6 } = vnic.address;
  const { virtualRouter } = subnet;
  return {
    vnicId: vnic.id,
    ...(inet !== undefined && { privateIp: inet, virtualRouterIp: virtualRouter.inet }),
    vlanTag: vnic.vlanTag,
    macAddr: kind === 'vm' ? vnic.mac.toUpperCase() : vnic.mac,
    // Seen of the service on VNICs without IPv4.
    subnetCidrBlock: inet === undefined ? '<null>' : holding(subnet.cidrBlocks, `${inet}/32`),
    ...(kind === 'bm' && { nicIndex: vnic.nicIndex }),
    ...(inet6 !== undefined && {
      ipv6Addresses: [inet6],
      ipv6SubnetCidrBlock: holding(subnet.ipv6CidrBlocks, `${inet6}/128`),
      ipv6VirtualRouterIp: virtualRouter.inet6,
    }),
  };
}

function holding(cidrs: readonly string[], text: string): string | undefined {
  const address = parseCidr(text)!;
  return cidrs.find((cidr) => contains(parseCidr(cidr)!, address));
}

/** What `/opc/v2/` tells of an instance; undefined: there is no such instance. */
export function metadataDocument(
  cloud: Cloud,
  instanceId: string,
): Record<string, unknown> | undefined {
  const instance = cloud.world.instances.get(instanceId);
  if (!instance) return undefined;
  const { world, identity } = cloud;
  const vnics = cloud.metadata.vnics(instanceId).flatMap((vnic) => {
    const subnet = world.subnets.get(vnic.subnetId);
    return subnet ? [vnicDocument(vnic, subnet.facts, instance.shape.kind)] : [];
  });
  const { region } = cloud;
  return {
    instance: {
      id: instance.id,
      displayName: instance.displayName,
      hostname: instance.hostname,
      compartmentId: instance.compartmentId,
      availabilityDomain: world.availabilityDomain,
      faultDomain: 'FAULT-DOMAIN-1',
      region,
      canonicalRegionName: region,
      regionInfo: {
        realmKey: 'oc1',
        realmDomainComponent: 'oraclecloud.com',
        regionKey: 'SIM',
        regionIdentifier: region,
      },
      shape: instance.shape.name,
      shapeConfig: { ocpus: instance.ocpus },
      state: instance.lifecycle === 'RUNNING' ? 'Running' : instance.lifecycle,
      timeCreated: instance.timeCreated,
      metadata: instance.metadata,
      freeformTags: instance.freeformTags,
      definedTags: instance.definedTags,
    },
    vnics,
    // Made when first asked for: it takes a pair of keys.
    get identity() {
      const { certificate, privateKey, intermediate } = identity.instances.certificates(instance);
      return {
        'cert.pem': certificate,
        'key.pem': privateKey,
        'intermediate.pem': intermediate,
      };
    },
  };
}
