/** What address, route, rule, neighbour and sysctl operations do to a state. */
import {
  canonicalAddressSpec,
  canonicalNeighbour,
  canonicalRoute,
  canonicalRule,
  canonicalSysctl,
} from './canonical.ts';
import { afterAddressGone } from './cascade.ts';
import { canonicalNetwork } from './inet.ts';
import { addressKey, isPerLink, neighbourKey, routeKey, ruleKey } from './keys.ts';
import { addRoute, type Model } from './model.ts';
import { Refusal } from './refusal.ts';
import type {
  AddressSpec,
  LinkFact,
  NeighbourSpec,
  RouteSpec,
  RuleSpec,
  SysctlSpec,
} from './state.ts';

function need(model: Model, link: string): LinkFact {
  const fact = model.links.get(link);
  if (!fact) throw new Refusal('ENODEV', `there is no link "${link}" in this namespace`);
  return fact;
}

/** An IPv4 address that exists stays as it is; of an IPv6 address the flags are set, not the length. */
export function putAddress(model: Model, spec: AddressSpec): void {
  const address = canonicalAddressSpec(spec);
  need(model, address.link);
  const key = addressKey(address);
  const existing = model.addresses.get(key);
  if (!existing) model.addresses.set(key, address);
  else if (address.address.includes(':')) {
    model.addresses.set(key, { ...address, address: existing.address });
  }
}

export function deleteAddress(model: Model, spec: AddressSpec): void {
  const address = canonicalAddressSpec(spec);
  const existing = model.addresses.get(addressKey(address));
  // The kernel compares the prefix length too.
  if (existing?.address !== address.address) return;
  model.addresses.delete(addressKey(address));
  afterAddressGone(model, address);
}

function isConnected(model: Model, link: string, gateway: string): boolean {
  return [...model.addresses.values()].some((one) => {
    if (one.link !== link || one.address.includes(':') !== gateway.includes(':')) return false;
    const length = one.address.slice(one.address.indexOf('/') + 1);
    return canonicalNetwork(one.address) === canonicalNetwork(`${gateway}/${length}`);
  });
}

function checkNextHop(model: Model, route: RouteSpec): void {
  if (route.link === undefined) return;
  if (!need(model, route.link).up) throw new Refusal('ENETDOWN', `link "${route.link}" is down`);
  const { gateway } = route;
  if (gateway === undefined || route.onlink || /^fe[89ab]/.test(gateway)) return;
  if (isConnected(model, route.link, gateway)) return;
  throw new Refusal(
    route.family === 'inet' ? 'ENETUNREACH' : 'EHOSTUNREACH',
    `nothing on link "${route.link}" leads to the gateway ${gateway}`,
  );
}

function checkSource(model: Model, { source }: RouteSpec): void {
  if (source === undefined) return;
  const local = [...model.addresses.values()].some(({ address }) =>
    address.startsWith(`${source}/`),
  );
  if (!local) throw new Refusal('EINVAL', `${source} is no address of this namespace`);
}

export function putRoute(model: Model, spec: RouteSpec): void {
  const route = canonicalRoute(spec);
  checkNextHop(model, route);
  checkSource(model, route);
  const key = routeKey(route);
  if (!isPerLink(route.destination)) model.routes.set(key, [route]);
  else if (!model.routes.has(key)) addRoute(model.routes, route);
}

/** The first that has every property that is given. */
export function deleteRoute(model: Model, spec: RouteSpec): void {
  const route = canonicalRoute(spec);
  const key = routeKey(route);
  const routes = model.routes.get(key) ?? [];
  const at = routes.findIndex(
    (one) =>
      (route.link === undefined || one.link === route.link) &&
      (route.gateway === undefined || one.gateway === route.gateway) &&
      (spec.type === undefined || one.type === spec.type) &&
      (spec.protocol === undefined || one.protocol === spec.protocol),
  );
  if (at < 0) return;
  if (routes.length === 1) model.routes.delete(key);
  else model.routes.set(key, routes.toSpliced(at, 1));
}

export function putRule(model: Model, spec: RuleSpec): void {
  const rule = canonicalRule(spec);
  model.rules.set(ruleKey(rule), rule);
}

export function deleteRule(model: Model, spec: RuleSpec): void {
  model.rules.delete(ruleKey(canonicalRule(spec)));
}

export function putNeighbour(model: Model, spec: NeighbourSpec): void {
  const neighbour = canonicalNeighbour(spec);
  need(model, neighbour.link);
  model.neighbours.set(neighbourKey(neighbour), neighbour);
}

export function deleteNeighbour(model: Model, spec: NeighbourSpec): void {
  model.neighbours.delete(neighbourKey(canonicalNeighbour(spec)));
}

/** The fourth word of net/FAMILY/conf/LINK/NAME and net/FAMILY/neigh/LINK/NAME. */
function linkOf(name: string): string | undefined {
  const words = name.split('/');
  const perLink = words.length === 5 && (words[2] === 'conf' || words[2] === 'neigh');
  return perLink && words[3] !== 'all' && words[3] !== 'default' ? words[3] : undefined;
}

export function setSysctl(model: Model, spec: SysctlSpec): void {
  const sysctl = canonicalSysctl(spec);
  const link = linkOf(sysctl.name);
  if (link !== undefined && link !== 'lo' && !model.links.has(link)) {
    throw new Refusal('ENOENT', `there is no link "${link}" in this namespace`);
  }
  model.sysctls.set(sysctl.name, sysctl);
}
