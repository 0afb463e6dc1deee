import { emptyState, type RouteSpec, type WantedState } from '@vcn-cni/netlink';
import { mtu } from './addresses.ts';
import { type Family, families, type VnicView } from './vnic-view.ts';

/** Protocol number of the fabric's routes; nobody else is in its namespace. */
export const routeProtocol = 4;

/** Links of the fabric are known by the beginning of their alias. */
export const aliasPrefix = 'vcn-sim/1 ';

/**
 * No machine has these: one next hop per link stands for the VNIC's MAC, whatever its addresses are. Nothing behind it
 * counts as a neighbour, so that the kernel never sends a redirect.
 */
const nextHop = { inet: '169.254.1.1', inet6: 'fe80::1:1' } as const satisfies Record<
  Family,
  string
>;

/**
 * The virtual wire of one VNIC. Its addresses and blocks are routed to its MAC without asking, since nothing in a
 * VCN asks a guest; what the guest asks for on the wire, the fabric answers.
 */
export function carryVnic(vnic: VnicView): WantedState {
  const { link, place, facts, subnet } = vnic;
  const router = subnet.virtualRouter;
  return {
    ...emptyState(),
    links: [
      {
        name: link,
        kind: 'veth',
        mac: router.mac,
        mtu: mtu.vcn,
        up: true,
        alias: `${aliasPrefix}${facts.id}`.slice(0, 255),
        peer: { name: place.device, mac: facts.mac, mtu: mtu.vcn, namespace: place.namespace },
      },
    ],
    addresses:
      router.inet6 === undefined
        ? []
        : [{ link, address: `${router.inet6}/64`, scope: 'link', nodad: true }],
    neighbours: families.map((family) => ({ link, address: nextHop[family], mac: facts.mac })),
    routes: families.flatMap((family) =>
      vnic.cidrs[family].map((destination) => route(vnic, family, destination)),
    ),
    sysctls: Object.entries(settings(link)).map(([name, value]) => ({ name, value })),
  };
}

function route({ link, subnet }: VnicView, family: Family, destination: string): RouteSpec {
  // What the fabric itself has to say, a "fragmentation needed" for one, comes from the virtual router.
  const source = family === 'inet' ? subnet.virtualRouter.inet : undefined;
  return {
    family,
    destination,
    link,
    gateway: nextHop[family],
    onlink: true,
    protocol: routeProtocol,
    ...(source === undefined ? {} : { source }),
  };
}

function settings(link: string): Record<string, string> {
  const [v4, v6] = [`net/ipv4/conf/${link}`, `net/ipv6/conf/${link}`];
  return {
    [`${v4}/rp_filter`]: '0',
    // For addresses behind other VNICs, and (pvlan) for those behind this one.
    [`${v4}/proxy_arp`]: '1',
    [`${v4}/proxy_arp_pvlan`]: '1',
    [`net/ipv4/neigh/${link}/proxy_delay`]: '0',
    // The virtual router's link-local address is the only one.
    [`${v6}/addr_gen_mode`]: '1',
    [`${v6}/accept_dad`]: '0',
    [`${v6}/proxy_ndp`]: '1',
    [`net/ipv6/neigh/${link}/proxy_delay`]: '0',
  };
}
