import type { ActualState } from '@vcn-cni/netlink';
import type { HostSettings } from '@vcn-cni/pod-network';

/** What the checks look at. Gathered once, at the edge; a part that could not be read is undefined. */
export interface HostFacts {
  settings: HostSettings;
  /** The primary interface. */
  primary?: string;
  /** Links, routes and rules of the host's namespace. */
  network?: ActualState;
  /** By name, as `net/ipv4/ip_forward`. */
  sysctls: ReadonlyMap<string, string>;
  filter: {
    /** Whether the kernel has nf_tables and nft is installed; the reason if not. */
    nftables: { available: boolean; reason?: string };
    /** Rules of anybody, `iptables-save` text by backend. */
    saves: { backend: 'nft' | 'legacy'; family: 'inet' | 'inet6'; text: string }[];
    /** What the configuration asks for. */
    wanted: 'auto' | 'nftables' | 'iptables';
    forwardAccept: boolean;
  };
  /** The kube-proxy command line, if it runs here; arguments apart. */
  kubeProxy?: readonly string[];
  /** systemd-networkd: whether it runs, and the text of its configuration files joined. */
  networkd: { running: boolean; configuration: string };
  /** Names in the directory of network configurations, sorted; undefined when there is none. */
  netConfigs?: { directory: string; files: readonly string[]; ours: string };
  /** Whether the daemon serves; the reason if not. */
  daemon: { serving: boolean; reason?: string };
  blocks: readonly string[];
}
