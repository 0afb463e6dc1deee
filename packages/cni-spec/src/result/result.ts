/** ADD result in the shape of 1.1.0, the one shape used inside (SPEC section 5). */
export interface Result {
  cniVersion: string;
  interfaces?: Interface[];
  ips?: IpConfig[];
  routes?: Route[];
  dns?: Dns;
  [key: string]: unknown;
}

export interface Interface {
  name: string;
  mac?: string;
  /** Bytes. */
  mtu?: number;
  /** `CNI_NETNS` for an interface in the container, absent on the host. */
  sandbox?: string;
  socketPath?: string;
  pciID?: string;
  [key: string]: unknown;
}

export interface IpConfig {
  /** CIDR; host bits kept. */
  address: string;
  gateway?: string;
  /** Index into `interfaces`. */
  interface?: number;
  [key: string]: unknown;
}

export interface Route {
  dst: string;
  gw?: string;
  mtu?: number;
  advmss?: number;
  priority?: number;
  table?: number;
  scope?: number;
  [key: string]: unknown;
}

export interface Dns {
  nameservers?: string[];
  domain?: string;
  search?: string[];
  options?: string[];
  [key: string]: unknown;
}

/** A result as it is written, in the shape of its own `cniVersion`. */
export interface ResultDocument {
  cniVersion: string;
  [key: string]: unknown;
}
