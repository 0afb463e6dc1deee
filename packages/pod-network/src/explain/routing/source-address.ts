import type { Family, RouteSpec } from '@vcn-cni/netlink';
import { addressBits, contains, isLinkLocal } from '../address.ts';
import { addressesOf, type Space } from '../space.ts';

/** The source that the kernel chooses for what is sent by a route and names none. */
export function routeSource(
  space: Space,
  route: RouteSpec,
  destination: string,
): string | undefined {
  if (route.source !== undefined) return route.source;
  if (route.type === 'local') return destination;
  return linkSource(
    space,
    route.family,
    route.link ?? '',
    route.gateway ?? destination,
    destination,
  );
}

/**
 * The address of a link that a packet gets: inet_select_addr for IPv4, ipv6_dev_get_saddr (RFC 6724, rules 2, 5 and 8)
 * for IPv6. What MASQUERADE takes.
 */
export function linkSource(
  space: Space,
  family: Family,
  link: string,
  nextHop: string,
  destination: string,
): string | undefined {
  return family === 'inet'
    ? ipv4Source(space, link, nextHop)
    : ipv6Source(space, link, destination);
}

function ipv4Source(space: Space, link: string, nextHop: string): string | undefined {
  const own = addressesOf(space, 'inet', link).filter(({ scope }) => scope === 'global');
  const near = own.find(({ prefix }) => contains(prefix, nextHop)) ?? own[0];
  if (near !== undefined) return near.address;
  return addressesOf(space, 'inet').find(({ scope }) => scope === 'global')?.address;
}

function ipv6Source(space: Space, link: string, destination: string): string | undefined {
  const candidates = addressesOf(space, 'inet6').filter(
    (one) => space.links.get(one.link)?.up !== false && one.scope !== 'host',
  );
  const local = isLinkLocal(destination);
  const usable = candidates.filter((one) => (local ? one.link === link : true));
  const rank = (one: Space['addresses'][number]): [number, number, number] => [
    isLinkLocal(one.address) === local ? 1 : 0,
    one.link === link ? 1 : 0,
    commonBits(one.address, destination),
  ];
  return usable
    .filter((one) => local || !isLinkLocal(one.address) || one.link === link)
    .reduce<Space['addresses'][number] | undefined>((best, one) => {
      if (best === undefined) return one;
      const [a, b] = [rank(one), rank(best)];
      const at = a.findIndex((value, index) => value !== b[index]);
      return at >= 0 && a[at]! > b[at]! ? one : best;
    }, undefined)?.address;
}

function commonBits(one: string, other: string): number {
  const different = (addressBits(one) ^ addressBits(other)).toString(2);
  return different === '0' ? 128 : 128 - different.length;
}
