/**
 * What goes with something else. Measured, and in the kernel's net/ipv4/fib_frontend.c, devinet.c and
 * net/ipv6/addrconf.c: none of it is asked for, and of most IPv4 routes it is not even announced.
 */
import type { Model } from './model.ts';
import type { AddressSpec, Family, RouteSpec } from './state.ts';

const MAIN = 254;
const familyOf = (text: string): Family => (text.includes(':') ? 'inet6' : 'inet');
const bare = (address: string): string => address.slice(0, address.indexOf('/'));

function filterRoutes(model: Model, keep: (route: RouteSpec) => boolean): void {
  for (const [key, routes] of model.routes) {
    const kept = routes.filter(keep);
    if (kept.length === routes.length) continue;
    if (kept.length === 0) model.routes.delete(key);
    else model.routes.set(key, kept);
  }
}

function dropNeighbours(model: Model, link: string, family?: Family): void {
  for (const [key, neighbour] of model.neighbours) {
    if (neighbour.link !== link) continue;
    if (family === undefined || familyOf(neighbour.address) === family)
      model.neighbours.delete(key);
  }
}

const isLocal = (model: Model, address: string): boolean =>
  [...model.addresses.values()].some((one) => bare(one.address) === address);

/** IPv4 routes of main with that source go; of other tables they stay. IPv6 routes stay, without their source. */
function loseSource(model: Model, address: string): void {
  if (isLocal(model, address)) return;
  filterRoutes(model, (route) => {
    return !(route.family === 'inet' && route.source === address && route.table === MAIN);
  });
  for (const [key, routes] of model.routes) {
    if (!routes.some((route) => route.family === 'inet6' && route.source === address)) continue;
    model.routes.set(
      key,
      routes.map((route) => {
        const { source, ...rest } = route;
        return source === address ? rest : route;
      }),
    );
  }
}

/** With its last IPv4 address a link loses all IPv4 routes, of every table, and its IPv4 neighbours. */
export function afterAddressGone(model: Model, gone: AddressSpec): void {
  loseSource(model, bare(gone.address));
  if (familyOf(gone.address) === 'inet6') return;
  const last = ![...model.addresses.values()].some(
    (one) => one.link === gone.link && familyOf(one.address) === 'inet',
  );
  if (!last) return;
  filterRoutes(model, (route) => !(route.link === gone.link && route.family === 'inet'));
  dropNeighbours(model, gone.link, 'inet');
}

/** A link whose own MAC changes loses its neighbours, permanent ones too (neigh_changeaddr). */
export function afterMacChange(model: Model, link: string): void {
  dropNeighbours(model, link);
}

/** A link that goes down loses its routes and neighbours, and its IPv6 addresses unless told to keep them. */
export function afterLinkDown(model: Model, link: string): void {
  filterRoutes(model, (route) => route.link !== link);
  dropNeighbours(model, link);
  const keep = model.sysctls.get(`net/ipv6/conf/${link}/keep_addr_on_down`)?.value === '1';
  for (const [key, address] of model.addresses) {
    if (address.link !== link || familyOf(address.address) === 'inet') continue;
    if (keep && address.scope !== 'link') continue;
    model.addresses.delete(key);
    loseSource(model, bare(address.address));
  }
}

/** Everything of a link goes with it; rules that name it stay. */
export function afterLinkGone(model: Model, link: string): void {
  filterRoutes(model, (route) => route.link !== link);
  dropNeighbours(model, link);
  for (const [key, address] of model.addresses) {
    if (address.link !== link) continue;
    model.addresses.delete(key);
    loseSource(model, bare(address.address));
  }
  for (const name of model.sysctls.keys()) {
    if (name.split('/')[3] === link) model.sysctls.delete(name);
  }
}
