import type { Block, Family } from '@vcn-cni/ipam';

/** A secondary VNIC that pod addresses are on, as its source tells of it. */
export interface SourceVnic {
  /** OCID. */
  id: string;
  /** Lower case; by it the link is found. */
  mac: string;
  /** Own host addresses, without prefix length. */
  addresses: Partial<Record<Family, string>>;
  /** The subnet's virtual router, without prefix length. */
  gateways: Partial<Record<Family, string>>;
  /** Bare metal: MAC address of the port (absent: the primary's), and the VLAN on it. */
  trunk?: { portMac?: string; vlanId: number };
}

/** All that a source gives this node. */
export interface Offer {
  vnics: readonly SourceVnic[];
  blocks: readonly Block[];
}

export const nothingOffered: Offer = { vnics: [], blocks: [] };
