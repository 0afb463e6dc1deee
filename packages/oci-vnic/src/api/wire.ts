/**
 * What the Core Services send and take (version 20160918), as far as this package uses it. Names and optionality are
 * those of the official SDK's models, which a test holds them to; states are open, for the service adds to them.
 */
export type Tags = Record<string, string>;

export interface WireVnicAttachment {
  id: string;
  instanceId: string;
  compartmentId: string;
  lifecycleState: string;
  displayName?: string;
  nicIndex?: number;
  subnetId?: string;
  vlanTag?: number;
  /** Absent until the VNIC exists. */
  vnicId?: string;
}

export interface WireVnic {
  id: string;
  compartmentId: string;
  lifecycleState: string;
  displayName?: string;
  isPrimary?: boolean;
  macAddress?: string;
  nsgIds?: string[];
  privateIp?: string;
  ipv6Addresses?: string[];
  skipSourceDestCheck?: boolean;
  subnetId?: string;
  freeformTags?: Tags;
}

export interface WireCreateVnicDetails {
  subnetId?: string;
  nsgIds?: string[];
  displayName?: string;
  freeformTags?: Tags;
  assignIpv6Ip?: boolean;
  assignPublicIp?: boolean;
  assignPrivateDnsRecord?: boolean;
  skipSourceDestCheck?: boolean;
  privateIp?: string;
  subnetCidr?: string;
}

export interface WireAttachVnicDetails {
  instanceId: string;
  createVnicDetails: WireCreateVnicDetails;
  displayName?: string;
  nicIndex?: number;
}

export interface WireUpdateVnicDetails {
  displayName?: string;
  nsgIds?: string[];
  skipSourceDestCheck?: boolean;
  freeformTags?: Tags;
}

export interface WirePrivateIp {
  id?: string;
  ipAddress?: string;
  /** Absent for a single address. */
  cidrPrefixLength?: number;
  isPrimary?: boolean;
  subnetId?: string;
  vnicId?: string;
  ipState?: string;
  lifetime?: string;
  displayName?: string;
  freeformTags?: Tags;
}

export interface WireIpv6 {
  id: string;
  ipAddress: string;
  cidrPrefixLength?: number;
  lifecycleState: string;
  /** RFC 3339. */
  timeCreated: string;
  subnetId: string;
  vnicId?: string;
  ipState?: string;
  lifetime?: string;
  displayName: string;
  freeformTags?: Tags;
}

/** One address to make; of a VNIC, but for reserved ones. */
export interface WirePrivateIpItem {
  ipAddress?: string;
  cidrPrefixLength?: number;
  ipv4SubnetCidrAtCreation?: string;
  displayName?: string;
  freeformTags?: Tags;
}

export interface WireCreatePrivateIpDetails extends WirePrivateIpItem {
  vnicId?: string;
  subnetId?: string;
}

export interface WireIpv6Item {
  ipAddress?: string;
  cidrPrefixLength?: number;
  ipv6SubnetCidr?: string;
  displayName?: string;
  freeformTags?: Tags;
}

export interface WireCreateIpv6Details extends WireIpv6Item {
  vnicId?: string;
  subnetId?: string;
}

/** `vnicId` moves the address to another VNIC of its subnet. */
export interface WireUpdateAddressDetails {
  vnicId?: string;
  displayName?: string;
  freeformTags?: Tags;
}

export interface WireSubnet {
  id: string;
  compartmentId: string;
  vcnId: string;
  lifecycleState: string;
  cidrBlock?: string;
  ipv4CidrBlocks?: string[];
  ipv6CidrBlock?: string;
  ipv6CidrBlocks?: string[];
  virtualRouterIp?: string;
  ipv6VirtualRouterIp?: string;
}

export interface WireVcn {
  id: string;
  compartmentId: string;
  lifecycleState: string;
  cidrBlocks: string[];
  ipv6CidrBlocks?: string[];
  byoipv6CidrBlocks?: string[];
  ipv6PrivateCidrBlocks?: string[];
}

export interface WireInstance {
  id: string;
  compartmentId: string;
  lifecycleState: string;
  shape: string;
  shapeConfig?: { ocpus?: number; maxVnicAttachments?: number };
  metadata?: Record<string, string>;
  freeformTags?: Tags;
}

export interface WireShape {
  shape: string;
  isFlexible?: boolean;
  maxVnicAttachments?: number;
  maxVnicAttachmentOptions?: { min?: number; max?: number; defaultPerOcpu?: number };
  ocpuOptions?: { min?: number; max?: number };
  networkPorts?: number;
}

export interface WireCidrUtilization {
  cidr?: string;
  /** Per cent. */
  utilization?: number;
  addressType?: string;
}

export interface WireNsgVnic {
  vnicId: string;
  resourceId?: string;
}

export interface WireWorkRequest {
  id: string;
  status: string;
  percentComplete: number;
  resources: { identifier: string; actionType: string; entityType: string }[];
}

export interface WireWorkRequestError {
  code: string;
  message: string;
}
