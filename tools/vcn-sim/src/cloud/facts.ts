import type { SecurityRules } from './security-rule.ts';

/** What a router of the VCN has to know, as plain data: the fabric follows it by `Change`. */
export interface CloudFacts {
  vcns: VcnFacts[];
  subnets: SubnetFacts[];
  instances: InstanceFacts[];
  /** Those that a guest sees: from ATTACHED until DETACHED. */
  vnics: VnicFacts[];
  security: SecurityRules[];
}

export interface VcnFacts {
  id: string;
  cidrBlocks: string[];
  ipv6CidrBlocks: string[];
  /** The address that private sources get on the internet side; absent: no NAT gateway. */
  natGateway?: { publicIp: string };
}

export interface SubnetFacts {
  id: string;
  vcnId: string;
  /** IPv4 CIDRs, the first first. */
  cidrBlocks: string[];
  ipv6CidrBlocks: string[];
  virtualRouter: {
    /** Lower case. */
    mac: string;
    /** First address of the first IPv4 CIDR. */
    inet?: string;
    /** Link-local. */
    inet6?: string;
  };
  securityListIds: string[];
  /** Where 0.0.0.0/0 of the subnet's route table leads. */
  internet: 'nat' | 'none';
}

export interface InstanceFacts {
  id: string;
  displayName: string;
  /** A virtual machine gets a network card per VNIC; bare metal a VLAN of a physical port. */
  kind: 'vm' | 'bm';
  shape: string;
}

export interface VnicFacts {
  id: string;
  attachmentId: string;
  instanceId: string;
  subnetId: string;
  isPrimary: boolean;
  /** Lower case. */
  mac: string;
  /** Physical port; 0 on a virtual machine. */
  nicIndex: number;
  /** Bare metal: 0 for the primary. A virtual machine has one too and needs it for nothing. */
  vlanTag: number;
  /** The VNIC's own address of each family. */
  address: { inet?: string; inet6?: string };
  /** Everything that the VCN delivers to it, its own addresses among them: /32, /128 and blocks. */
  cidrs: string[];
  skipSourceDestCheck: boolean;
  nsgIds: string[];
}

/**
 * One change of the books, announced when it holds. `vnicChanged` and `securityChanged` carry the
 * whole new value; `assigned` and `released` come one per CIDR, and a `vnicDetached` releases all.
 */
export type Change =
  | { kind: 'vcnCreated'; vcn: VcnFacts }
  | { kind: 'subnetCreated'; subnet: SubnetFacts }
  | { kind: 'instanceLaunched'; instance: InstanceFacts }
  | { kind: 'instanceTerminated'; instance: InstanceFacts }
  | { kind: 'vnicAttached'; vnic: VnicFacts }
  | { kind: 'vnicChanged'; vnic: VnicFacts }
  | { kind: 'vnicDetached'; vnic: VnicFacts }
  | { kind: 'assigned'; vnicId: string; subnetId: string; cidr: string }
  | { kind: 'released'; vnicId: string; subnetId: string; cidr: string }
  | { kind: 'securityChanged'; security: SecurityRules };

/** The part of a cloud that a fabric follows. */
export interface CloudFeed {
  /** Everything as it is now: read it first, in the same turn as `subscribe`. */
  facts(): CloudFacts;
  /** Calls `listener` with each change, in order, in the turn in which it happens; answers the way out. */
  subscribe(listener: (change: Change) => void): () => void;
}
