import { contains, isMulticast } from '../address.ts';
import type { Space } from '../space.ts';

/** RT_TABLE_LOCAL of linux/rtnetlink.h. */
const localTable = 255;

/**
 * What an address is to this namespace by its local table (inet_dev_addr_type; for IPv6 by its addresses).
 * With `link`, an address of another link is unicast.
 */
export function addressType(
  space: Space,
  address: string,
  link?: string,
): 'local' | 'unicast' | 'multicast' | 'broadcast' {
  if (isMulticast(address)) return 'multicast';
  if (address === '255.255.255.255' || contains('0.0.0.0/8', address)) return 'broadcast';
  const family = address.includes(':') ? 'inet6' : 'inet';
  const local = (space.routes[family].get(localTable) ?? []).some(
    (route) =>
      route.type === 'local' &&
      contains(route.destination, address) &&
      (link === undefined || route.link === link),
  );
  return local ? 'local' : 'unicast';
}
