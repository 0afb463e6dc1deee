/** Numbers and names of the datapath that an operator may change. */
export interface HostSettings {
  /** Prefix of host veth names, at most 4 characters; Felix wants the same in FELIX_INTERFACEPREFIX. */
  interfacePrefix: string;
  /** `CNI_IFNAME` of a pod's primary interface, whose host end is named as Felix computes it. */
  primaryInterface: string;
  /** rtm_protocol and rule protocol of everything that is ours: the ownership tag. */
  routeProtocol: number;
  /** One bit of the packet and connection mark: "came in by the primary VNIC". */
  mark: number;
  tables: { pods: number; primary: number; vnicBase: number };
  priorities: { pods: number; guard: number; mark: number; main: number; source: number };
  /** Keep pods away from the metadata service's credentials and boot volumes. */
  metadataGuard: boolean;
  /** Translate what leaves the VCN to the node's primary address, except to these destinations. */
  snat?: { exclude: string[] };
}

/** 184 has no name in iproute2's rt_protos (OSPF is 188, BGP 186). */
export const defaultSettings: HostSettings = {
  interfacePrefix: 'oci',
  primaryInterface: 'eth0',
  routeProtocol: 184,
  mark: 0x80,
  tables: { pods: 1000, primary: 1001, vnicBase: 1010 },
  priorities: { pods: 512, guard: 768, mark: 1024, main: 1535, source: 1536 },
  metadataGuard: true,
};
