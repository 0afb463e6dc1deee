import type { WantedState } from '@vcn-cni/netlink';
import type { Table } from '@vcn-cni/nftables';
import type { FabricBooks } from './books.ts';
import { carryVnic } from './carry-vnic.ts';
import { countVnic } from './count-vnic.ts';
import { filterFabric } from './filter-fabric.ts';
import { type NeighbourProxy, proxyNeighbours } from './neighbour-proxies.ts';
import { routeInternet } from './route-internet.ts';
import { routeVcns } from './route-vcns.ts';
import { viewVnics } from './vnic-view.ts';

export interface FabricPlan {
  state: WantedState;
  /** Replaced whole at every change: it counts nothing. */
  table: Table;
  /** One per VNIC, the same as long as the VNIC is there, so that its counters live on. */
  counters: Table[];
  /** IPv6 addresses that a link answers neighbour discovery for. */
  proxies: NeighbourProxy[];
}

/** The VCN's router, as the books have it. Pure: the same books give the same plan. */
export function planFabric(books: FabricBooks): FabricPlan {
  const vnics = viewVnics(books);
  const parts = [routeVcns(books), routeInternet(), ...vnics.map(carryVnic)];
  return {
    state: {
      links: parts.flatMap(({ links }) => links),
      addresses: parts.flatMap(({ addresses }) => addresses),
      routes: parts.flatMap(({ routes }) => routes),
      rules: parts.flatMap(({ rules }) => rules),
      neighbours: parts.flatMap(({ neighbours }) => neighbours),
      sysctls: parts.flatMap(({ sysctls }) => sysctls),
    },
    table: filterFabric(books, vnics),
    counters: vnics.map(countVnic),
    proxies: proxyNeighbours(vnics),
  };
}
