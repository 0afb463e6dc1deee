import { addressesOf } from '../cloud/ips.ts';
import type {
  AttachmentRecord,
  InstanceRecord,
  IpRecord,
  Resource,
  SubnetRecord,
  VcnRecord,
  VnicRecord,
} from '../cloud/records.ts';
import type { Shape } from '../cloud/shapes.ts';
import { ownAddress } from '../cloud/to-facts.ts';
import type { World } from '../cloud/world.ts';

/** The JSON of each resource, as the models of version 20160918 have it. */
export const documents = { attachment, vnic, privateIp, ipv6, subnet, vcn, instance, shape };

const time = (ms: number) => new Date(ms).toISOString();

const labels = ({
  id,
  compartmentId,
  displayName,
  freeformTags,
  definedTags,
  timeCreated,
}: Resource) => ({
  id,
  compartmentId,
  displayName,
  freeformTags,
  definedTags,
  timeCreated: time(timeCreated),
});

function attachment(world: World, record: AttachmentRecord) {
  const { freeformTags: _, definedTags: __, ...own } = labels(record);
  return {
    ...own,
    availabilityDomain: world.availabilityDomain,
    instanceId: record.instanceId,
    subnetId: record.subnetId,
    lifecycleState: record.lifecycle,
    nicIndex: record.nicIndex,
    vlanTag: record.vlanTag,
    ...(record.provisioned && { vnicId: record.vnicId }),
  };
}

function vnic(world: World, record: VnicRecord) {
  const { inet } = ownAddress(world, record);
  const inet6 = addressesOf(world, record.id).filter(
    ({ cidr, isBlock }) => cidr.family === 'inet6' && !isBlock,
  );
  return {
    ...labels(record),
    availabilityDomain: world.availabilityDomain,
    isPrimary: record.isPrimary,
    lifecycleState: record.lifecycle,
    macAddress: record.mac.toUpperCase(),
    nsgIds: record.nsgIds,
    skipSourceDestCheck: record.skipSourceDestCheck,
    subnetId: record.subnetId,
    hostnameLabel: record.hostnameLabel,
    privateIp: inet,
    ipv6Addresses: inet6.map(({ cidr }) => cidr.text.slice(0, -4)),
  };
}

const address = (record: IpRecord) => ({
  ...labels(record),
  ipAddress: record.cidr.text.slice(0, record.cidr.text.indexOf('/')),
  cidrPrefixLength: record.isBlock ? record.cidr.prefix : undefined,
  subnetId: record.subnetId,
  vnicId: record.vnicId,
  ipState: record.vnicId === undefined ? 'AVAILABLE' : 'ASSIGNED',
  lifetime: record.lifetime,
});

function privateIp(world: World, record: IpRecord) {
  return {
    ...address(record),
    availabilityDomain: world.availabilityDomain,
    isPrimary: record.isPrimary,
    hostnameLabel: record.hostnameLabel,
    ipv4SubnetCidrAtCreation: record.subnetCidr,
  };
}

function ipv6(_world: World, record: IpRecord) {
  return { ...address(record), lifecycleState: record.lifecycle, hostname: record.hostnameLabel };
}

function subnet(world: World, { facts, lifecycle, ...record }: SubnetRecord) {
  return {
    ...labels(record),
    vcnId: facts.vcnId,
    lifecycleState: lifecycle,
    // A subnet without IPv4 has this text where a CIDR is required.
    cidrBlock: facts.cidrBlocks[0] ?? '<null>',
    ipv4CidrBlocks: facts.cidrBlocks,
    ipv6CidrBlock: facts.ipv6CidrBlocks[0],
    ipv6CidrBlocks: facts.ipv6CidrBlocks,
    virtualRouterIp: facts.virtualRouter.inet,
    virtualRouterMac: facts.virtualRouter.mac.toUpperCase(),
    ipv6VirtualRouterIp: facts.virtualRouter.inet6,
    securityListIds: facts.securityListIds,
    prohibitPublicIpOnVnic: true,
    prohibitInternetIngress: true,
    routeTableId: facts.vcnId.replace('.vcn.', '.routetable.'),
    subnetDomainName: `${record.displayName}.${world.region}.oraclevcn.com`,
  };
}

function vcn(_world: World, { facts, ...record }: VcnRecord) {
  return {
    ...labels(record),
    cidrBlock: facts.cidrBlocks[0],
    cidrBlocks: facts.cidrBlocks,
    ipv6CidrBlocks: facts.ipv6CidrBlocks,
    lifecycleState: 'AVAILABLE',
  };
}

function instance(world: World, record: InstanceRecord) {
  return {
    ...labels(record),
    availabilityDomain: world.availabilityDomain,
    faultDomain: 'FAULT-DOMAIN-1',
    region: world.region,
    lifecycleState: record.lifecycle,
    shape: record.shape.name,
    shapeConfig: { ocpus: record.ocpus },
    metadata: record.metadata,
    extendedMetadata: {},
  };
}

function shape({ name, maxVnicAttachments, perOcpu, networkPorts }: Shape) {
  return {
    shape: name,
    isFlexible: perOcpu !== undefined,
    maxVnicAttachments,
    networkPorts,
    ...(perOcpu && { maxVnicAttachmentOptions: perOcpu, ocpuOptions: { min: 1, max: 94 } }),
  };
}
