import { largest, type Space } from '../space.ts';
import { refusalText, routeText } from './describe.ts';
import { lookup } from './lookup.ts';

export type ReversePath = { passes: boolean; text: string };

interface Arrival {
  source: string;
  destination: string;
  mark: number;
  iif: string;
}

/**
 * fib_validate_source of IPv4: whether the source may come in by this interface. `oif`: where the packet is to leave,
 * absent for what is delivered here. IPv6 has no such check.
 */
export function reversePath(space: Space, packet: Arrival, oif: string | undefined): ReversePath {
  const { iif } = packet;
  const strictness = largest(space, 'rp_filter', iif);
  const name = `rp_filter of ${iif} (larger of all and ${iif}) is ${strictness}`;
  const query = {
    family: 'inet',
    destination: packet.source,
    source: packet.destination,
    // The way back is looked up as if it came in where the packet leaves.
    iif: oif ?? 'lo',
    mark: largest(space, 'src_valid_mark', iif) > 0 ? packet.mark : 0,
  } as const;
  const back = lookup(space, query);
  if (!back.found) {
    const text = `${name}; no way back to ${packet.source}: ${refusalText(back)}`;
    return { passes: strictness === 0, text };
  }
  const { route } = back;
  if (route.type === 'local') {
    if (largest(space, 'accept_local', iif) === 0) {
      return { passes: false, text: `source ${packet.source} is an address of this node itself` };
    }
    if (iif === 'lo') return { passes: true, text: name };
  }
  if (route.link === iif) {
    return { passes: true, text: `${name}; the way back is by ${iif}: ${routeText(route)}` };
  }
  const otherwise = `${name}; the way back to ${packet.source} is by ${route.link}: ${routeText(route)}`;
  const addressed = space.addresses.some((one) => one.link === iif && !one.address.includes(':'));
  // Without an address of its own an interface is strict, whatever the sysctl says.
  if (!addressed)
    return { passes: strictness === 0, text: `${otherwise}, and ${iif} has no IPv4 address` };
  return { passes: strictness !== 1, text: otherwise };
}
