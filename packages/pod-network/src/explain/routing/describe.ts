import { formatOperation, type RouteSpec, type RuleSpec } from '@vcn-cni/netlink';
import type { RouteAnswer } from './lookup.ts';

/** `priority 512 from all lookup 1000`, as `ip rule` takes it. */
export function ruleText(rule: RuleSpec): string {
  return formatOperation({ op: 'rule.put', rule }).replace(/^ip -[46] rule add /, '');
}

/** `10.0.1.3/32 dev oci1 table 1000 ...`, as `ip route` takes it. */
export function routeText(route: RouteSpec): string {
  return formatOperation({ op: 'route.put', route }).replace(/^ip -[46] route replace /, '');
}

/** Why there is no route, in words. */
export function refusalText(answer: RouteAnswer & { found: false }): string {
  if (answer.route !== undefined) return `route ${routeText(answer.route)}`;
  if (answer.rule !== undefined) return `rule ${ruleText(answer.rule)}`;
  return 'no rule leads to a route';
}
