import type { SavedTable } from '@vcn-cni/iptables';
import type { ActualState } from '@vcn-cni/netlink';
import type { ParsedRuleset } from '@vcn-cni/nftables';

/**
 * What one node's kernel held at one moment: everything that {@link explain} reads. Plain JSON, so that another node
 * can write it to a file. Made by `captureNamespace` and `pairVeths` from what the drivers read.
 */
export interface HostCapture {
  /** Name of the node, unique among the captures given to `explain`. */
  name: string;
  /** Name of the node's own namespace, one of `namespaces`. */
  root: string;
  namespaces: NamespaceCapture[];
  /** By which the root namespace is attached to the VCN. Empty: all its links are followed by their peers alone. */
  vnics: VnicCapture[];
}

/** One network namespace. */
export interface NamespaceCapture {
  /** Shown to people, and unique among all captures: `node-1`, `default/web-0`. */
  name: string;
  /** Links, addresses, routes of all tables, rules, learned neighbours too, and the sysctls of `capturedSysctls`. */
  network: ActualState;
  /** By name of a veth here: where its other end is. A veth without an entry leads out of the capture. */
  peers: Record<string, { namespace: string; link: string }>;
  /** `iptables-save` and `ip6tables-save` by `parseSave` without counters; of two backends, both, one after the other. */
  iptables: { inet: SavedTable[]; inet6: SavedTable[] };
  /** `nft -j list ruleset` by `parseRuleset`; null: nftables is not there. */
  nftables: ParsedRuleset | null;
  /** Members of ipsets by name, as `ipset save` prints them; a set that is not here cannot be judged. */
  ipsets?: Record<string, string[]>;
  /** Addresses by list of iptables' `recent` match (/proc/net/xt_recent): whom session affinity remembers. */
  recent?: Record<string, string[]>;
  /** Sockets that listen. Absent: not captured, somebody is taken to listen everywhere. */
  listeners?: Listener[];
}

/** A socket that waits for packets. */
export interface Listener {
  protocol: 'tcp' | 'udp';
  /** Canonical; `0.0.0.0` or `::` for any address of the family, `*` for both. */
  address: string;
  port: number;
}

/** A VNIC of the node, as the VCN knows it. */
export interface VnicCapture {
  /** Link in the root namespace. */
  link: string;
  /** Addresses and CIDR blocks that the VCN routes to it and accepts from it, both families. */
  addresses: string[];
  /** The VCN then takes any source from it. Absent: false. */
  skipSourceDestCheck?: boolean;
  /** What security lists and groups let through. Absent: not captured, everything is taken to pass. */
  security?: SecurityRule[];
}

/** One allowing rule of a security list or network security group; all of them together decide. */
export interface SecurityRule {
  direction: 'ingress' | 'egress';
  /** Of the other side. */
  cidr: string;
  /** Absent: every protocol. */
  protocol?: 'tcp' | 'udp' | 'icmp';
  /** Of the destination, first and last. Absent: all. */
  ports?: [number, number];
}
