import { randomBytes } from 'node:crypto';
import type { IpConfig, Route } from '@vcn-cni/cni-spec';
import { canonicalNetwork, type Operation, type RouteSpec } from '@vcn-cni/netlink';
import { type Attachment, familyOf, hostCidr } from './attachment.ts';

/** A unicast address that is nobody's: locally administered. */
export const randomMac = (): string =>
  ['02', ...[...randomBytes(5)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');

/** In the host: the gateways' addresses, and a route and a neighbour for each address of the container. */
export const hostOperations = (
  link: string,
  { addresses, gateways }: Attachment,
  mac: string,
): Operation[] => [
  ...gateways.map(
    (gateway): Operation => ({
      op: 'address.put',
      address: { link, address: hostCidr(gateway), nodad: true },
    }),
  ),
  ...addresses.map((address): Operation => ({ op: 'route.put', route: hostRoute(link, address) })),
  ...addresses.map(
    (address): Operation => ({
      op: 'neighbour.put',
      neighbour: { link, address: address.split('/')[0]!, mac },
    }),
  ),
];

export const hostRoute = (link: string, address: string): RouteSpec => ({
  ...{ family: familyOf(address), destination: hostCidr(address), link },
  ...(address.includes(':') ? {} : { scope: 'link' }),
});

/** In the container: addresses with the routes that belong to them. */
export const addressOperations = (link: string, ips: readonly IpConfig[]): Operation[] =>
  ips.map(({ address }) => ({ op: 'address.put', address: { link, address, nodad: true } }));

/**
 * A route without a gateway goes by that of its family, or else by the link alone. It stands behind those that lead to
 * the same destination already, which are not ours to replace.
 */
export function routeSpec(
  link: string,
  route: Route,
  ips: readonly IpConfig[],
  there: readonly RouteSpec[],
): RouteSpec {
  const family = familyOf(route.dst);
  const ip = ips.find(({ address }) => familyOf(address) === family);
  const gateway = route.gw ?? ip?.gateway;
  const destination = canonicalNetwork(route.dst);
  const before = there.filter(
    (each) => each.destination === destination && (each.table ?? 254) === (route.table ?? 254),
  );
  const behind = Math.max(...before.map(({ priority = 0 }) => priority)) + 1;
  return {
    ...{ family, destination, link },
    ...(before.length > 0 && { priority: behind }),
    ...(gateway !== undefined && { gateway }),
    ...(gateway === undefined && family === 'inet' && { scope: 'link' }),
    ...(route.mtu !== undefined && { mtu: route.mtu }),
    ...(route.priority !== undefined && { priority: route.priority }),
    ...(route.table !== undefined && { table: route.table }),
  };
}
