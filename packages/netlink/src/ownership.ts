/** What a `diff` may delete. Everything else is somebody else's and is never touched. */
import type { AddressSpec, LinkFact, NeighbourSpec, RouteSpec, RuleSpec } from './state.ts';

export interface Ownership {
  link(link: LinkFact): boolean;
  /** `link`: what the state knows of the link it is on. */
  address(address: AddressSpec, link: LinkFact | undefined): boolean;
  route(route: RouteSpec): boolean;
  rule(rule: RuleSpec): boolean;
  neighbour(neighbour: NeighbourSpec, link: LinkFact | undefined): boolean;
}

export const ownsNothing: Ownership = {
  link: () => false,
  address: () => false,
  route: () => false,
  rule: () => false,
  neighbour: () => false,
};

/**
 * Ownership by marks: links by the beginning of their alias, and with them their addresses (but not the
 * link-local ones, which the kernel makes) and neighbours; routes and rules by their protocol.
 */
export function ownedBy(marks: { aliasPrefix: string; protocols: readonly number[] }): Ownership {
  const link = (fact: LinkFact | undefined): boolean => {
    return fact?.alias?.startsWith(marks.aliasPrefix) ?? false;
  };
  const protocol = (number: number | undefined): boolean => {
    return number !== undefined && marks.protocols.includes(number);
  };
  return {
    link,
    address: (address, fact) => address.scope !== 'link' && link(fact),
    route: (route) => protocol(route.protocol),
    rule: (rule) => protocol(rule.protocol),
    neighbour: (_, fact) => link(fact),
  };
}
