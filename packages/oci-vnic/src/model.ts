/** VNICs, assigned addresses and subnets as plain data, and the calls that change them. */

/** Address family, in the words of `ip -4` and `ip -6`. */
export type Family = 'inet' | 'inet6';

/** An attachment and its VNIC, seen as one. */
export interface Vnic {
  /** OCID; absent while the attachment is `attaching` and the VNIC does not exist yet. */
  id?: string;
  attachmentId: string;
  /** Name of the attachment, there before the VNIC is. */
  displayName: string;
  /** Lower case; absent as long as `id` is. */
  mac?: string;
  subnetId: string;
  /** Physical port; bare metal only. */
  nicIndex?: number;
  vlanTag?: number;
  isPrimary: boolean;
  /** `attached` once the attachment is ATTACHED and the VNIC AVAILABLE. */
  lifecycle: 'attaching' | 'attached' | 'detaching' | 'detached';
  /** Its own (host) addresses, without prefix length. */
  addresses: { inet?: string; inet6?: string };
  nsgIds: string[];
  skipSourceDestCheck: boolean;
  /** Freeform tags of the VNIC; empty as long as `id` is absent. */
  tags: Record<string, string>;
}

/** A secondary private IP or IPv6 object: one address, or a whole CIDR block. */
export interface Assignment {
  /** OCID of the private IP or of the IPv6. */
  id: string;
  vnicId: string;
  family: Family;
  /** Canonical; /32 and /128 for single addresses. */
  cidr: string;
  lifecycle: 'provisioning' | 'available' | 'terminating';
  tags: Record<string, string>;
}

export interface Subnet {
  id: string;
  /** All of both families, the first of a family first. */
  cidrs: string[];
  virtualRouter: { inet?: string; inet6?: string };
  /** While `updating` the service refuses to create or delete addresses of it. */
  lifecycle: 'provisioning' | 'available' | 'updating' | 'terminating' | 'terminated';
  /** IPv4 addresses that nobody holds, where the service tells. */
  freeAddresses?: number;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface ChangeOptions extends CallOptions {
  /** 1 to 64 characters. The service does what bears the same token once, and answers a repeat alike (24 hours). */
  retryToken: string;
}

export interface AttachAsk {
  subnetId: string;
  nsgIds: readonly string[];
  /** Of the attachment and of the VNIC. */
  displayName: string;
  /** Freeform tags of the VNIC. */
  tags: Readonly<Record<string, string>>;
  assignIpv6: boolean;
  skipSourceDestCheck: boolean;
  /** Physical port; bare metal only. */
  nicIndex?: number;
}

export interface VnicChange {
  nsgIds?: readonly string[];
  skipSourceDestCheck?: boolean;
}

export interface AssignAsk {
  vnicId: string;
  family: Family;
  /** For a block of that size; absent: one address. */
  cidrPrefixLength?: number;
  /** Which CIDR of the subnet the block is taken from (IPv4); absent: the service chooses. */
  fromCidr?: string;
  tags: Readonly<Record<string, string>>;
}

export interface AssignManyAsk {
  vnicId: string;
  family: Family;
  /** How many single addresses. */
  count: number;
  tags: Readonly<Record<string, string>>;
}

/**
 * What is needed of OCI, for one instance. Every call rejects with an ApiFailure.
 * A change may be in effect although it was rejected, if the failure says `inDoubt`.
 */
export interface VnicApi {
  /** All of the instance, primary first; those detached long ago may be missing. */
  listVnics(options?: CallOptions): Promise<Vnic[]>;
  /** Secondary addresses and blocks of both families; the VNIC's own addresses are not among them. */
  listAssignments(vnicId: string, options?: CallOptions): Promise<Assignment[]>;
  getSubnet(id: string, options?: CallOptions): Promise<Subnet>;
  /** Resolves when the service has taken the order; the answer may still be `attaching`. */
  attachVnic(ask: AttachAsk, options: ChangeOptions): Promise<Vnic>;
  /** Resolves when the service has taken the order, or when there is no such attachment any more. */
  detachVnic(attachmentId: string, options?: CallOptions): Promise<void>;
  /** Sets what is named, and nothing else. */
  updateVnic(vnicId: string, change: VnicChange, options?: CallOptions): Promise<void>;
  assign(ask: AssignAsk, options: ChangeOptions): Promise<Assignment>;
  /** One bulk call. Resolves when its work request has ended, with what it created: all of them, or fewer. */
  assignMany(ask: AssignManyAsk, options: ChangeOptions): Promise<Assignment[]>;
  /** Resolves when it is gone, also if it was already. */
  release(assignment: Pick<Assignment, 'id' | 'family'>, options?: CallOptions): Promise<void>;
}

/** Why a call failed, by shape; `OciError` of `./api` is one. */
export interface ApiFailure {
  /** The call, such as `AttachVnic`. */
  operation: string;
  /** HTTP status; 0 if no answer came. */
  status: number;
  /** The service's code, such as `TooManyRequests`. */
  code: string;
  message: string;
  /** It may have been carried out though no answer said so. */
  inDoubt?: boolean;
  opcRequestId?: string;
  /** The policy statements of which one is probably missing. */
  permission?: string;
}
