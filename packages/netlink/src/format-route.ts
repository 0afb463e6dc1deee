/** Routes as `ip route` commands. */
import type { RouteSpec } from './state.ts';

export function formatRoute(verb: 'replace' | 'delete', route: RouteSpec): string {
  const words = [`ip ${route.family === 'inet' ? '-4' : '-6'} route ${verb}`];
  if (route.type !== undefined && route.type !== 'unicast') words.push(route.type);
  words.push(/\/0$/.test(route.destination) ? 'default' : route.destination);
  if (route.gateway !== undefined) words.push(`via ${route.gateway}`);
  if (route.link !== undefined) words.push(`dev ${route.link}`);
  if (route.table !== undefined) words.push(`table ${route.table}`);
  if (route.protocol !== undefined) words.push(`proto ${route.protocol}`);
  if (route.priority !== undefined) words.push(`metric ${route.priority}`);
  // A deletion names what finds the route; the rest of it may have changed.
  if (verb === 'delete') return words.join(' ');
  if (route.scope !== undefined) words.push(`scope ${route.scope}`);
  if (route.source !== undefined) words.push(`src ${route.source}`);
  if (route.mtu !== undefined) words.push(`mtu ${route.mtu}`);
  if (route.onlink) words.push('onlink');
  return words.join(' ');
}
