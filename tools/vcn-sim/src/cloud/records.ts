import type { AddressSpace } from './address-space.ts';
import type { SubnetFacts, VcnFacts } from './facts.ts';
import type { Cidr } from './ip.ts';
import type { SecurityRules } from './security-rule.ts';
import type { Shape } from './shapes.ts';

/** What every resource of the books has. */
export interface Resource {
  id: string;
  compartmentId: string;
  displayName: string;
  freeformTags: Record<string, string>;
  definedTags: Record<string, Record<string, unknown>>;
  /** Milliseconds since 1970. */
  timeCreated: number;
  /** Grows with each change; what the etag is made of. */
  revision: number;
}

export interface VcnRecord extends Resource {
  facts: VcnFacts;
}

export interface SubnetRecord extends Resource {
  facts: SubnetFacts;
  spaces: AddressSpace[];
  lifecycle: 'AVAILABLE' | 'UPDATING' | 'TERMINATED';
  /** Whether a block was ever taken from the first IPv4 CIDR. */
  firstCidrOpened: boolean;
}

export interface SecurityRecord extends Resource {
  vcnId: string;
  facts: SecurityRules;
}

export interface InstanceRecord extends Resource {
  lifecycle: 'PROVISIONING' | 'RUNNING' | 'STOPPED' | 'TERMINATING' | 'TERMINATED';
  shape: Shape;
  ocpus: number;
  metadata: Record<string, string>;
  hostname: string;
}

export interface AttachmentRecord extends Resource {
  instanceId: string;
  vnicId: string;
  subnetId: string;
  lifecycle: 'ATTACHING' | 'ATTACHED' | 'DETACHING' | 'DETACHED';
  /** Whether callers may see the VNIC's id yet. */
  provisioned: boolean;
  nicIndex: number;
  vlanTag: number;
}

export interface VnicRecord extends Resource {
  instanceId: string;
  attachmentId: string;
  subnetId: string;
  isPrimary: boolean;
  /** Lower case. */
  mac: string;
  lifecycle: 'PROVISIONING' | 'AVAILABLE' | 'TERMINATING';
  nsgIds: string[];
  skipSourceDestCheck: boolean;
  hostnameLabel?: string;
}

/** A private IP or an IPv6, single or a block. */
export interface IpRecord extends Resource {
  cidr: Cidr;
  /** Whether it was asked for as a block, whatever its size. */
  isBlock: boolean;
  subnetId: string;
  /** Absent: a reserved one that no VNIC has. */
  vnicId?: string;
  isPrimary: boolean;
  lifetime: 'EPHEMERAL' | 'RESERVED';
  /** A private IP is always available; an IPv6 takes its time. */
  lifecycle: 'PROVISIONING' | 'AVAILABLE' | 'TERMINATING';
  hostnameLabel?: string;
  /** The CIDR of the subnet that the caller named. */
  subnetCidr?: string;
}
