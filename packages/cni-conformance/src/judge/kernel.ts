/** What the kernel says of one namespace, as far as a result speaks of it. */
export interface Kernel {
  readonly links: readonly KernelLink[];
  readonly addresses: readonly KernelAddress[];
  /** Of all tables. */
  readonly routes: readonly KernelRoute[];
}

export interface KernelLink {
  readonly name: string;
  readonly index: number;
  readonly mac: string;
  /** Bytes. */
  readonly mtu: number;
  readonly up: boolean;
}

export interface KernelAddress {
  readonly link: string;
  /** CIDR, in the kernel's spelling. */
  readonly address: string;
  /** Of IPv6: duplicate detection is not done, or found one. */
  readonly tentative: boolean;
}

export interface KernelRoute {
  readonly family: 4 | 6;
  /** CIDR, in the kernel's spelling. */
  readonly destination: string;
  readonly link: string;
  /** None where the destination is on the link. */
  readonly gateways: readonly string[];
  readonly table: string;
  /** Who made it, as `kernel`, `boot`, `static`. */
  readonly protocol: string;
}
