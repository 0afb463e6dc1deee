import { emptyState, type RouteSpec, type WantedState } from '@vcn-cni/netlink';
import type { CloudFacts } from '../cloud/facts.ts';
import { apiAddress, serviceAddress } from './addresses.ts';
import type { FabricBooks } from './books.ts';
import { routeProtocol } from './carry-vnic.ts';
import { familyOf } from './vnic-view.ts';

/** What the router has of its own: virtual routers, services, and an end for what nobody holds. */
export function routeVcns({ facts, publicAddresses }: FabricBooks): WantedState {
  const own = [
    ...facts.subnets.flatMap(({ virtualRouter }) => virtualRouter.inet ?? []),
    ...natAddresses(facts),
    ...publicAddresses.values(),
    serviceAddress.inet,
    serviceAddress.inet6,
    apiAddress,
  ];
  return {
    ...emptyState(),
    addresses: [...new Set(own)].map((address) =>
      address.includes(':')
        ? { link: 'lo', address: `${address}/128`, nodad: true }
        : { link: 'lo', address: `${address}/32` },
    ),
    routes: facts.vcns.flatMap(({ cidrBlocks, ipv6CidrBlocks }) =>
      [...cidrBlocks, ...ipv6CidrBlocks].map(refuse),
    ),
    sysctls: Object.entries(settings).map(([name, value]) => ({ name, value })),
  };
}

export function natAddresses({ vcns }: CloudFacts): string[] {
  return vcns.flatMap(({ natGateway }) => natGateway?.publicIp ?? []);
}

/** Silent, as the VCN is; behind every address that a VNIC holds, for those are longer. */
function refuse(destination: string): RouteSpec {
  return {
    family: familyOf(destination),
    destination,
    type: 'blackhole',
    protocol: routeProtocol,
  };
}

const settings: Record<string, string> = {
  'net/ipv4/ip_forward': '1',
  'net/ipv6/conf/all/forwarding': '1',
  // Sources are judged by what the API says, not by routes.
  'net/ipv4/conf/all/rp_filter': '0',
};
