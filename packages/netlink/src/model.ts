/** A state by its keys, to be changed in place: what `step`, `diff` and the fake work on. */
import {
  canonicalAddressSpec,
  canonicalNeighbour,
  canonicalRoute,
  canonicalRule,
  canonicalSysctl,
} from './canonical.ts';
import { addressKey, neighbourKey, routeKey, ruleKey } from './keys.ts';
import type {
  ActualState,
  AddressSpec,
  LinkFact,
  NeighbourSpec,
  RouteSpec,
  RuleSpec,
  SysctlSpec,
  WantedState,
} from './state.ts';

export interface Model {
  /** By name. */
  links: Map<string, LinkFact>;
  addresses: Map<string, AddressSpec>;
  /** Several under one key where the kernel lets them coexist. */
  routes: Map<string, RouteSpec[]>;
  rules: Map<string, RuleSpec>;
  neighbours: Map<string, NeighbourSpec>;
  sysctls: Map<string, SysctlSpec>;
}

function byKey<T>(
  items: readonly T[],
  canonical: (item: T) => T,
  key: (item: T) => string,
): Map<string, T> {
  return new Map(
    items.map((item) => {
      const one = canonical(item);
      return [key(one), one];
    }),
  );
}

export function addRoute(routes: Model['routes'], route: RouteSpec): void {
  const key = routeKey(route);
  routes.set(key, [...(routes.get(key) ?? []), route]);
}

/** All but the links, in canonical form. */
export function entriesOf(state: Omit<WantedState, 'links'>): Omit<Model, 'links'> {
  const routes: Model['routes'] = new Map();
  for (const route of state.routes) addRoute(routes, canonicalRoute(route));
  return {
    addresses: byKey(state.addresses, canonicalAddressSpec, addressKey),
    routes,
    rules: byKey(state.rules, canonicalRule, ruleKey),
    neighbours: byKey(state.neighbours, canonicalNeighbour, neighbourKey),
    sysctls: byKey(state.sysctls, canonicalSysctl, ({ name }) => name),
  };
}

export function modelOf(state: ActualState): Model {
  const links = new Map(state.links.map((link) => [link.name, link]));
  return { links, ...entriesOf(state) };
}

export function stateOf(model: Model): ActualState {
  return {
    links: [...model.links.values()],
    addresses: [...model.addresses.values()],
    routes: [...model.routes.values()].flat(),
    rules: [...model.rules.values()],
    neighbours: [...model.neighbours.values()],
    sysctls: [...model.sysctls.values()],
  };
}
