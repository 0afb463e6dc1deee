/** What the datapath must know of the node it runs on. */
import type { Family } from '@vcn-cni/netlink';

export interface VnicFacts {
  /** Link name on the host. */
  name: string;
  /** OCID, or a name in a static configuration. */
  id: string;
  /** Lower case. */
  mac?: string;
  /** Bytes. */
  mtu: number;
  /** Own host addresses, without prefix length. */
  addresses: Partial<Record<Family, string>>;
  /** The subnet's virtual router, without prefix length. */
  gateways: Partial<Record<Family, string>>;
  /** The kernel does router advertisements on it (`accept_ra` 1 or 2), not a daemon. */
  acceptsRouterAdvertisements?: boolean;
  /** CIDRs of pod addresses that this VNIC carries. */
  blocks: string[];
}

export interface SecondaryFacts extends VnicFacts {
  /** Its routing table is `tables.vnicBase` and so many; from 0, its own as long as it is there. */
  slot: number;
  /** Bare metal: its link is a VLAN that is to be made on a port of the host. */
  trunk?: { port: string; vlanId: number };
}

export interface NodeFacts {
  primary: VnicFacts;
  secondaries: SecondaryFacts[];
  /** CIDRs of the VCN: never translated. */
  vcnCidrs: string[];
  families: Family[];
}
