/** Address pools and leases as plain data. */
import type { Family } from './family.ts';

/** What a lease belongs to. All three are compared, whatever the CNI version. */
export interface AttachmentKey {
  network: string;
  containerId: string;
  ifname: string;
}

/**
 * A source of addresses: a CIDR block, or one address as /32 or /128.
 *
 * Every address of a block is usable, its first and its last too: a block of a VNIC is routed to it as a whole, and a
 * pod holds its address as /32 or /128, so there is neither a network nor a broadcast address. `excluded` names the
 * exceptions of a static pool that is part of a real subnet.
 */
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
  /** CIDR of the block it was leased from. */
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
  /** One address of each, all or nothing. */
  families: Family[];
  /**
   * Addresses asked for by `ips` capability, `args.cni.ips` or CNI_ARGS `IP`; without prefix length, at most one of a
   * family, each of a family in `families`. Families without one get any address.
   */
  requested?: string[];
}

/** An address that was released and may not be leased again yet. */
export interface CoolingAddress {
  address: string;
  /** When it may be leased again, in milliseconds of the pool's clock. */
  until: number;
  block: string;
  vnic: string;
}

/** What `release` tells of an address: what it was, and until when it cools. */
export interface ReleasedAddress extends LeasedAddress, CoolingAddress {}
