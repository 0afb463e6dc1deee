/** What the planner is told, and what it answers, as plain data. */
import type { Assignment, Family, Subnet, Vnic } from './model.ts';

/**
 * How addresses are had: a CIDR block by one call; many single ones by one bulk call; one by one.
 * Each needs less of the subnet than the one before, and more calls.
 */
export type AssignMode = 'block' | 'bulk' | 'single';

export interface WantedSubnet {
  id: string;
  /** Absent: security groups are left as they are. At most 5. */
  nsgIds?: readonly string[];
  /** Physical port of the VNICs; bare metal only. */
  nicIndex?: number;
}

/** Limits that hold for an instance. All are settings: what OCI grants depends on the shape and on the tenancy. */
export interface Limits {
  /** VNICs of the instance, its primary included (`vnicLimit`). */
  vnics: number;
  /** Secondary addresses or blocks of a family on one VNIC. OCI counts a block as one. */
  objectsPerVnic: Readonly<Record<Family, number>>;
  /** Pod addresses of a family on one VNIC, however they came. */
  addressesPerVnic: number;
  /** Attachments under way at once. */
  attachingAtOnce: number;
}

export interface Wanted {
  /** OCID. */
  instanceId: string;
  /** Where VNICs are attached, the preferred one first; the next is used while it cannot be. */
  subnets: readonly WantedSubnet[];
  /** Pod addresses to hold; a family that is absent is not wanted. As of `planPool` of @vcn-cni/ipam. */
  addresses: Readonly<Partial<Record<Family, { atLeast: number; atMost: number }>>>;
  /** In order of preference: the next is used while the service refuses one. */
  modes: readonly AssignMode[];
  /** Size of a block. */
  prefixLength: Readonly<Record<Family, number>>;
  skipSourceDestCheck: boolean;
  limits: Limits;
}

/** What pods do with an address or block. */
export interface Usage {
  cidr: string;
  leased: number;
  cooling: number;
}

/** A change was ordered, and whether it took effect is not known yet. */
export interface PendingChange {
  token: string;
  /** Absent: a VNIC. */
  vnicId?: string;
  family?: Family;
  /** How many objects, and how many addresses they hold together. */
  objects: number;
  addresses: number;
}

/** Calls that concern the subject are not made before `until`. */
export interface Hold {
  cause: WaitCause;
  /** One of `subjectsOf`. */
  subject: string;
  since: number;
  until: number;
  /** What the service said. */
  detail?: string;
}

export interface Actual {
  /** Milliseconds, of the clock that `since` and `until` are of. */
  now: number;
  vnics: readonly Vnic[];
  /** Of the VNICs of ours, whoever made them. */
  assignments: readonly Assignment[];
  /** Those known; others are taken to be available. */
  subnets: readonly Subnet[];
  /** Of every address that is offered to pods; one that is not named is taken to be in use. */
  usage: readonly Usage[];
  /** OCIDs of assignments from which nothing new is leased. */
  draining: ReadonlySet<string>;
  /** OCIDs of assignments and VNICs whose release or detachment was ordered: they never come back into use. */
  leaving: ReadonlySet<string>;
  pending: readonly PendingChange[];
  holds: readonly Hold[];
  /** Waits of the plan before, so that each keeps its beginning. */
  waits: readonly Wait[];
}

/** Why something is not done now. The first eleven follow from the state, the others from an answer of the service. */
export type WaitCause =
  | 'subnet-updating'
  | 'subnet-unavailable'
  | 'subnet-full'
  | 'vnic-attaching'
  | 'vnic-detaching'
  | 'address-provisioning'
  | 'addresses-in-use'
  | 'foreign-addresses'
  | 'instance-full'
  | 'records-begun'
  | 'answer-unknown'
  | 'throttled'
  | 'api-unavailable'
  | 'not-authenticated'
  | 'not-authorized-or-not-found'
  | 'limit-reached'
  | 'state-conflict'
  | 'refused';

export interface Wait {
  op: 'wait';
  cause: WaitCause;
  /** What is waited for: an OCID, an address, or a call. */
  subject: string;
  since: number;
  /** When it is tried again; absent: when the state changes. */
  until?: number;
  detail?: string;
}

export type Change =
  | {
      op: 'attach';
      subnetId: string;
      nsgIds: readonly string[];
      assignIpv6: boolean;
      skipSourceDestCheck: boolean;
      nicIndex?: number;
    }
  | { op: 'update-vnic'; vnicId: string; nsgIds?: readonly string[]; skipSourceDestCheck?: boolean }
  | { op: 'assign'; vnicId: string; subnetId: string; family: Family; cidrPrefixLength?: number }
  | { op: 'assign-many'; vnicId: string; subnetId: string; family: Family; count: number }
  | {
      op: 'release';
      assignmentId: string;
      vnicId: string;
      subnetId: string;
      family: Family;
      cidr: string;
    }
  | { op: 'detach'; attachmentId: string; vnicId: string; subnetId: string };

/** Whether pods may have new addresses of an assignment. Costs no call. */
export type Mark = ({ op: 'drain' } & Marked) | ({ op: 'undrain' } & Marked);

interface Marked {
  assignmentId: string;
  cidr: string;
  vnicId: string;
}

export type Operation = Change | Mark | Wait;
