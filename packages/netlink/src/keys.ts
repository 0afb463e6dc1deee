/** What makes two things the same thing. Texts are canonical. */
import type { AddressSpec, NeighbourSpec, RouteSpec, RuleSpec } from './state.ts';

/** IPv6 holds an address once per link, whatever its prefix length; IPv4 once per length. */
export function addressKey({ link, address }: AddressSpec): string {
  const named = address.includes(':') ? address.slice(0, address.indexOf('/')) : address;
  return `${link} ${named}`;
}

/** Destinations that every IPv6 link has a route of its own to: fe80::/10 and ff00::/8. */
export function isPerLink(destination: string): boolean {
  return /^(fe[89ab][\da-f]|ff[\da-f]{2}):/.test(destination);
}

export function routeKey(route: RouteSpec): string {
  const link = isPerLink(route.destination) ? ` ${route.link}` : '';
  return `${route.family} ${route.table} ${route.destination} ${route.priority}${link}`;
}

/** Of canonical rules: everything, the protocol too, since rules that differ in it coexist. */
export function ruleKey(rule: RuleSpec): string {
  return JSON.stringify(rule);
}

export function neighbourKey({ link, address }: NeighbourSpec): string {
  return `${link} ${address}`;
}
