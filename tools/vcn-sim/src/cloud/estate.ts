import { createAddressSpace } from './address-space.ts';
import type { InstanceFacts, SubnetFacts, VcnFacts } from './facts.ts';
import { type Cidr, contains, formatIp, parseCidr } from './ip.ts';
import type { InstanceRecord } from './records.ts';
import type { SecurityRule, SecurityRules } from './security-rule.ts';
import { shapes } from './shapes.ts';
import { instanceFacts } from './to-facts.ts';
import { attachmentsOf, createVnic, finishAttach, finishDetach, type VnicAsk } from './vnics.ts';
import { find, type Labels, newResource, type World } from './world.ts';

export interface VcnAsk extends Labels {
  cidrBlocks: string[];
  ipv6CidrBlocks?: string[];
  /** Whether private sources reach the internet side; default true. */
  natGateway?: boolean;
}

export interface SubnetAsk extends Labels {
  vcnId: string;
  cidrBlocks?: string[];
  ipv6CidrBlocks?: string[];
  /** Default: one that allows everything. */
  securityListIds?: string[];
  /** Default: where the VCN has a NAT gateway, through it. */
  internet?: 'nat' | 'none';
}

export interface SecurityAsk extends Labels {
  vcnId: string;
  rules: SecurityRule[];
}

export interface InstanceAsk extends Labels {
  /** Default `VM.Standard.E4.Flex`. */
  shape?: string;
  /** Of a flexible shape; default 4. */
  ocpus?: number;
  metadata?: Record<string, string>;
  hostname?: string;
  /** The primary VNIC. */
  createVnicDetails: VnicAsk;
}

export function createVcn(world: World, ask: VcnAsk): VcnFacts {
  const resource = newResource(world, 'vcn', ask);
  const facts: VcnFacts = {
    id: resource.id,
    cidrBlocks: ask.cidrBlocks.map((text) => readCidr(text, 'inet').text),
    ipv6CidrBlocks: (ask.ipv6CidrBlocks ?? []).map((text) => readCidr(text, 'inet6').text),
    ...(ask.natGateway !== false && { natGateway: { publicIp: `192.0.2.${world.vcns.size + 1}` } }),
  };
  world.vcns.set(facts.id, { ...resource, facts });
  world.emit({ kind: 'vcnCreated', vcn: facts });
  return facts;
}

export function createSubnet(world: World, ask: SubnetAsk): SubnetFacts {
  const vcn = find(world.vcns, ask.vcnId, 'vcn').facts;
  const inet = (ask.cidrBlocks ?? []).map((text) => readCidr(text, 'inet', vcn.cidrBlocks));
  const inet6 = (ask.ipv6CidrBlocks ?? []).map((text) =>
    readCidr(text, 'inet6', vcn.ipv6CidrBlocks),
  );
  const [first] = inet;
  if (!first && inet6.length === 0) throw new Error('A subnet needs one CIDR at least.');
  const resource = newResource(world, 'subnet', ask);
  const number = world.subnets.size + 1;
  const low = number.toString(16).padStart(4, '0');
  const facts: SubnetFacts = {
    id: resource.id,
    vcnId: vcn.id,
    cidrBlocks: inet.map(({ text }) => text),
    ipv6CidrBlocks: inet6.map(({ text }) => text),
    virtualRouter: {
      mac: `00:00:17:00:${low.slice(0, 2)}:${low.slice(2)}`,
      ...(first && { inet: formatIp('inet', first.base + 1n) }),
      ...(inet6.length > 0 && { inet6: `fe80::200:17ff:fe00:${number.toString(16)}` }),
    },
    securityListIds: ask.securityListIds ?? [openSecurityList(world, vcn.id).id],
    internet: ask.internet ?? (vcn.natGateway ? 'nat' : 'none'),
  };
  world.subnets.set(facts.id, {
    ...resource,
    facts,
    spaces: [...inet, ...inet6].map(createAddressSpace),
    lifecycle: 'AVAILABLE',
    firstCidrOpened: false,
  });
  world.emit({ kind: 'subnetCreated', subnet: facts });
  return facts;
}

export function createSecurity(
  world: World,
  kind: SecurityRules['kind'],
  ask: SecurityAsk,
): SecurityRules {
  find(world.vcns, ask.vcnId, 'vcn');
  const resource = newResource(
    world,
    kind === 'nsg' ? 'networksecuritygroup' : 'securitylist',
    ask,
  );
  const facts: SecurityRules = { id: resource.id, kind, rules: ask.rules };
  world.security.set(facts.id, { ...resource, vcnId: ask.vcnId, facts });
  world.emit({ kind: 'securityChanged', security: facts });
  return facts;
}

export function setRules(world: World, id: string, rules: SecurityRule[]): void {
  const record = find(world.security, id, 'security list or group');
  record.facts = { ...record.facts, rules };
  record.revision += 1;
  world.emit({ kind: 'securityChanged', security: record.facts });
}

/** An instance that runs at once, its primary VNIC attached. */
export function launchInstance(world: World, ask: InstanceAsk): InstanceFacts {
  const shape = shapes.find(({ name }) => name === (ask.shape ?? 'VM.Standard.E4.Flex'));
  if (!shape) {
    throw new Error(
      `shape ${ask.shape} is not known; there are: ${shapes.map(({ name }) => name).join(' ')}`,
    );
  }
  const resource = newResource(world, 'instance', ask);
  const instance: InstanceRecord = {
    ...resource,
    lifecycle: 'RUNNING',
    shape,
    ocpus: ask.ocpus ?? 4,
    metadata: ask.metadata ?? {},
    hostname: ask.hostname ?? resource.displayName,
  };
  const { createVnicDetails } = ask;
  const attachment = createVnic(
    world,
    instance,
    { instanceId: instance.id, createVnicDetails },
    true,
  );
  world.instances.set(instance.id, instance);
  world.emit({ kind: 'instanceLaunched', instance: instanceFacts(instance) });
  finishAttach(world, attachment);
  return instanceFacts(instance);
}

/** Everything of the instance is freed. */
export function terminateInstance(world: World, id: string): void {
  const instance = find(world.instances, id, 'instance');
  if (instance.lifecycle === 'TERMINATED') return;
  instance.lifecycle = 'TERMINATED';
  instance.revision += 1;
  for (const attachment of attachmentsOf(world, id)) finishDetach(world, attachment);
  world.emit({ kind: 'instanceTerminated', instance: instanceFacts(instance) });
}

function openSecurityList(world: World, vcnId: string): SecurityRules {
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    ['0.0.0.0/0', '::/0'].map(
      (cidr): SecurityRule => ({ direction, protocol: 'all', peer: { cidr } }),
    ),
  );
  return createSecurity(world, 'security-list', { vcnId, displayName: 'open', rules });
}

function readCidr(text: string, family: Cidr['family'], within?: string[]): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family !== family) {
    throw new Error(
      `${JSON.stringify(text)} is no ${family === 'inet' ? 'IPv4' : 'IPv6'} CIDR without host bits`,
    );
  }
  if (within && !within.some((outer) => contains(parseCidr(outer)!, cidr))) {
    throw new Error(`${text} is within none of the VCN's CIDRs: ${within.join(' ')}`);
  }
  return cidr;
}
