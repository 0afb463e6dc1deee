import { type ActualState, emptyState } from '@vcn-cni/netlink';

/** The state of each named link that exists, with all that hangs on it, and the rest. Pure. */
export function byLink(
  actual: ActualState,
  names: readonly string[],
): { parts: Map<string, ActualState>; rest: ActualState } {
  const named = new Set(names);
  const parts = new Map<string, ActualState>();
  const rest: ActualState = { ...emptyState(), rules: actual.rules, sysctls: actual.sysctls };
  for (const link of actual.links) {
    if (named.has(link.name)) parts.set(link.name, { ...emptyState(), links: [link] });
    else rest.links.push(link);
  }
  const of = (link: string | undefined) => parts.get(link ?? '') ?? rest;
  for (const address of actual.addresses) of(address.link).addresses.push(address);
  for (const route of actual.routes) of(route.link).routes.push(route);
  for (const neighbour of actual.neighbours) of(neighbour.link).neighbours.push(neighbour);
  return { parts, rest };
}
