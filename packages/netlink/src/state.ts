/**
 * Kernel network state as plain keyed data. What a plan may ask for (`LinkSpec`) and what a snapshot
 * reports (`LinkFact`) are different types: no field means "ignored on write". Every value is JSON.
 */

/** Address family, in the words of `ip -4` and `ip -6`. */
export type Family = 'inet' | 'inet6';

/** The far end of a veth pair, at creation. It is born in `namespace`, never moved there. */
export interface VethPeer {
  name: string;
  /** Lower case, colon separated. */
  mac?: string;
  /** Bytes. */
  mtu?: number;
  /** Key into the `namespaces` given to `apply`; absent: the same namespace. */
  namespace?: string;
}

/** Largest aggregate packets, in bytes (`ip link set ... gso_max_size`). */
export interface OffloadLimits {
  gsoMaxSize?: number;
  groMaxSize?: number;
  gsoIpv4MaxSize?: number;
  groIpv4MaxSize?: number;
}

/** A wanted link. Key: `name`. A link without `kind` is not ours to create or delete, only to set up. */
export interface LinkSpec extends OffloadLimits {
  name: string;
  kind?: 'veth' | 'bridge' | 'macvlan' | 'vlan' | 'dummy';
  mac?: string;
  mtu?: number;
  up?: boolean;
  /** `ip link set alias`, at most 255 bytes. */
  alias?: string;
  group?: number;
  /** veth only; read at creation. */
  peer?: VethPeer;
  /** macvlan and vlan: name of the lower link. */
  parent?: string;
  vlanId?: number;
  macvlanMode?: 'private' | 'vepa' | 'bridge' | 'passthru' | 'source';
}

/** A link as the kernel reports it. */
export interface LinkFact extends OffloadLimits {
  name: string;
  index: number;
  /** `IFLA_INFO_KIND`; absent for physical links. */
  kind?: string;
  mac?: string;
  mtu: number;
  up: boolean;
  /** IFF_LOWER_UP. */
  running: boolean;
  alias?: string;
  group: number;
  /** ifindex of the peer or lower link, in its own namespace. */
  peerIndex?: number;
  /** nsid of the namespace of `peerIndex`, when it is another one. */
  peerNamespaceId?: number;
  vlanId?: number;
  macvlanMode?: string;
}

/** Key: link and address. */
export interface AddressSpec {
  link: string;
  /** Canonical CIDR; host bits kept. */
  address: string;
  scope?: 'global' | 'link' | 'host';
  /** IPv6: no duplicate address detection (IFA_F_NODAD). */
  nodad?: boolean;
  /** IFA_F_NOPREFIXROUTE: no connected route. */
  noprefixroute?: boolean;
}

/** Key: family, table, destination, priority (and link for IPv6 multipath-free routes). */
export interface RouteSpec {
  family: Family;
  /** Canonical CIDR; the default route is `0.0.0.0/0` or `::/0`. */
  destination: string;
  /** Default 254, main. */
  table?: number;
  type?: 'unicast' | 'unreachable' | 'blackhole' | 'prohibit' | 'throw' | 'local';
  link?: string;
  gateway?: string;
  /** RTNH_F_ONLINK. */
  onlink?: boolean;
  /** RTA_PREFSRC. */
  source?: string;
  scope?: 'global' | 'link' | 'host' | 'nowhere';
  /** Metric. IPv4 default 0, IPv6 default 1024. */
  priority?: number;
  /** rtm_protocol; routes of ours carry `VCN_CNI_PROTOCOL` of pod-network. */
  protocol?: number;
  /** RTAX_MTU, bytes. */
  mtu?: number;
}

/** Key: all fields but `protocol`. */
export interface RuleSpec {
  family: Family;
  priority: number;
  action: 'lookup' | 'unreachable' | 'blackhole' | 'prohibit';
  /** For `lookup`. */
  table?: number;
  from?: string;
  to?: string;
  iif?: string;
  oif?: string;
  fwmark?: number;
  fwmask?: number;
  suppressPrefixLength?: number;
  protocol?: number;
}

/** A permanent neighbour. Key: link and address. */
export interface NeighbourSpec {
  link: string;
  address: string;
  mac: string;
}

/** Key: `name`, a path below /proc/sys with slashes, as `net/ipv4/conf/oci0/rp_filter`. */
export interface SysctlSpec {
  name: string;
  value: string;
}

/** Wanted state of one namespace. Every list may be empty. */
export interface WantedState {
  links: LinkSpec[];
  addresses: AddressSpec[];
  routes: RouteSpec[];
  rules: RuleSpec[];
  neighbours: NeighbourSpec[];
  sysctls: SysctlSpec[];
}

/** What a snapshot of one namespace reports. */
export interface ActualState {
  links: LinkFact[];
  addresses: AddressSpec[];
  routes: RouteSpec[];
  rules: RuleSpec[];
  neighbours: NeighbourSpec[];
  sysctls: SysctlSpec[];
}

/** One change, in the order in which it must be made. Plain data: it can be logged, shown, sent. */
export type Operation =
  | { op: 'link.create'; link: LinkSpec }
  /** Only the fields present are changed. */
  | { op: 'link.set'; link: LinkSpec }
  | { op: 'link.delete'; name: string; index?: number; alias?: string }
  | { op: 'address.put'; address: AddressSpec }
  | { op: 'address.delete'; address: AddressSpec }
  | { op: 'route.put'; route: RouteSpec }
  | { op: 'route.delete'; route: RouteSpec }
  | { op: 'rule.put'; rule: RuleSpec }
  | { op: 'rule.delete'; rule: RuleSpec }
  | { op: 'neighbour.put'; neighbour: NeighbourSpec }
  | { op: 'neighbour.delete'; neighbour: NeighbourSpec }
  | { op: 'sysctl.set'; sysctl: SysctlSpec };
