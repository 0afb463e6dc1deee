export type Family = 'inet' | 'inet6';

/** The node whose rules kube-proxy writes, and how it was told to. */
export interface ProxyNode {
  name: string;
  /** Its node IPs. */
  address: Partial<Record<Family, string>>;
  /** How traffic of this node's pods is known (`detectLocalMode` ClusterCIDR or InterfaceNamePrefix). */
  local: { clusterCidr: Partial<Record<Family, string>> } | { interfacePrefix: string };
  /** `--nodeport-addresses`; default as kube-proxy's: `all` in iptables mode, `primary` in nftables mode. */
  nodePortAddresses?: 'all' | 'primary';
  /** Of ServiceCIDR objects; nftables mode drops what goes to the rest of them. */
  serviceCidrs?: string[];
  /** Whether the kernel has nf_acct, which kube-proxy counts with in iptables mode; default no. */
  nfacct?: boolean;
}

export const familyOf = (text: string): Family => (text.includes(':') ? 'inet6' : 'inet');
