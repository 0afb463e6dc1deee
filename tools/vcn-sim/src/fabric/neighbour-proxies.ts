import type { VnicView } from './vnic-view.ts';

export interface NeighbourProxy {
  link: string;
  /** IPv6, without prefix length. */
  address: string;
}

/**
 * A VCN answers neighbour discovery for whatever is on link. The kernel wants an entry per address for that, so
 * that blocks, which are longer than any list, are left to the default route by the virtual router.
 */
export function proxyNeighbours(vnics: readonly VnicView[]): NeighbourProxy[] {
  return vnics.flatMap(({ link, subnet }) =>
    vnics
      .filter((other) => other.link !== link && other.subnet.id === subnet.id)
      .flatMap((other) => other.cidrs.inet6)
      .filter((cidr) => cidr.endsWith('/128'))
      .map((cidr) => ({ link, address: cidr.slice(0, -'/128'.length) })),
  );
}
