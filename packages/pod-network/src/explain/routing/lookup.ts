import type { Family, RouteSpec, RuleSpec } from '@vcn-cni/netlink';
import { contains, isLinkLocal, isMulticast, prefixLength } from '../address.ts';
import type { Space } from '../space.ts';
import { CannotJudge } from '../trail.ts';

/** What a route is looked up by: struct flowi of the kernel, as far as rules and routes look at it. */
export interface RouteQuery {
  family: Family;
  destination: string;
  /** Absent: not chosen yet; rules with `from` then do not match. */
  source?: string | undefined;
  /** Where it came in; `lo` for what is sent here, and for most questions about the way back. */
  iif: string;
  /** The route must leave by this interface. */
  oif?: string | undefined;
  mark: number;
}

export type RouteAnswer =
  | { found: true; route: RouteSpec; rule: RuleSpec }
  /** By a route or rule that refuses, or (both absent) because there is none. */
  | { found: false; error: Refused; route?: RouteSpec; rule?: RuleSpec };

export type Refused = 'unreachable' | 'blackhole' | 'prohibit' | 'no route';

/**
 * The kernel's choice: fib_rules_lookup and fib_table_lookup for IPv4, fib6_rule_lookup for IPv6.
 * @throws CannotJudge for a route that the model cannot say, such as one of several paths.
 */
export function lookup(space: Space, query: RouteQuery): RouteAnswer {
  for (const rule of space.rules[query.family]) {
    if (!ruleMatches(rule, query)) continue;
    if (rule.action !== 'lookup') return { found: false, error: rule.action, rule };
    const route = tableLookup(space, rule.table ?? 254, query);
    if (route === undefined || route.type === 'throw') continue;
    const type = route.type ?? 'unicast';
    if (type === 'unreachable' || type === 'blackhole' || type === 'prohibit') {
      return { found: false, error: type, route, rule };
    }
    const suppressed = rule.suppressPrefixLength;
    if (suppressed !== undefined && prefixLength(route.destination) <= suppressed) continue;
    if (type === 'unicast' && route.link === undefined) {
      throw new CannotJudge(`route ${route.destination} of table ${rule.table} has several paths`);
    }
    return { found: true, route, rule };
  }
  return { found: false, error: 'no route' };
}

function ruleMatches(rule: RuleSpec, query: RouteQuery): boolean {
  if (rule.iif !== undefined && rule.iif !== query.iif) return false;
  if (rule.oif !== undefined && rule.oif !== query.oif) return false;
  const mask = rule.fwmask ?? (rule.fwmark === undefined ? 0 : 0xffff_ffff);
  if ((((rule.fwmark ?? 0) ^ query.mark) & mask) !== 0) return false;
  if (rule.to !== undefined && !contains(rule.to, query.destination)) return false;
  if (rule.from === undefined) return true;
  return query.source !== undefined && contains(rule.from, query.source);
}

function tableLookup(space: Space, table: number, query: RouteQuery): RouteSpec | undefined {
  const strict = query.family === 'inet6' && isScoped(query.destination);
  const bound = strict && query.oif === undefined && query.iif !== 'lo' ? query.iif : query.oif;
  const usable = (space.routes[query.family].get(table) ?? [])
    .filter((route) => contains(route.destination, query.destination))
    .filter((route) => !isDead(space, route))
    .filter((route) => fits(route, query.family, bound, strict));
  return usable.reduce<RouteSpec | undefined>((best, route) => {
    if (best === undefined) return route;
    const longer = prefixLength(route.destination) - prefixLength(best.destination);
    if (longer !== 0) return longer > 0 ? route : best;
    // Of equal routes IPv6 prefers one of the interface that was asked for.
    const metric = (route.priority ?? 0) - (best.priority ?? 0);
    if (metric === 0 && bound !== undefined && best.link !== bound && route.link === bound) {
      return route;
    }
    return metric < 0 ? route : best;
  }, undefined);
}

function fits(route: RouteSpec, family: Family, oif: string | undefined, strict: boolean): boolean {
  if (oif === undefined || route.link === undefined || route.link === oif) return true;
  return family === 'inet6' && !strict;
}

/** Link-local and multicast addresses mean something on one link only. */
function isScoped(address: string): boolean {
  return isLinkLocal(address) || isMulticast(address);
}

/** Routes by a link that is down lead nowhere; its own IPv4 addresses stay the node's. */
function isDead(space: Space, route: RouteSpec): boolean {
  if (route.type === 'local' || route.link === undefined) return false;
  return space.links.get(route.link)?.up === false;
}
