/** Address pools and leases as plain data. */
import type { Family } from './family.ts';

/** What a lease belongs to. All three are compared, whatever the CNI version. */
export interface AttachmentKey {
  network: string;
  containerId: string;
  ifname: string;
}

/** A source of addresses: a CIDR block, or one address as /32 or /128. */
export interface Block {
  /** Canonical CIDR. */
  cidr: string;
  /** Which VNIC owns it: an OCID, or a name in a static pool. */
  vnic: string;
  /** Taken out of service: nothing new is leased from it. */
  draining?: boolean;
  /** Addresses within it that are never leased. */
  excluded?: string[];
}

/** One address held by an attachment. */
export interface LeasedAddress {
  family: Family;
  /** Without prefix length. */
  address: string;
  block: string;
  vnic: string;
}

export interface Lease {
  key: AttachmentKey;
  /** One per wanted family, IPv4 first. */
  addresses: LeasedAddress[];
}

/** What an ADD asks of the pools. */
export interface AddressAsk {
  key: AttachmentKey;
  families: Family[];
  /** Addresses asked for by `ips` capability, `args.cni.ips` or CNI_ARGS `IP`; without prefix length. */
  requested?: string[];
}
