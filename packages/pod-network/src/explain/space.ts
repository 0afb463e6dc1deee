import type { Family, LinkFact, RouteSpec, RuleSpec } from '@vcn-cni/netlink';
import { familyOf } from '../link-local.ts';
import type { HostCapture, NamespaceCapture } from './capture.ts';
import type { Connection } from './connection.ts';

/** A captured namespace made ready for looking things up, with the connections that the packet made in it. */
export interface Space {
  name: string;
  host: HostCapture;
  capture: NamespaceCapture;
  links: ReadonlyMap<string, LinkFact>;
  routes: Readonly<Record<Family, ReadonlyMap<number, readonly RouteSpec[]>>>;
  /** In the order in which they are asked. */
  rules: Readonly<Record<Family, readonly RuleSpec[]>>;
  /** By link, in the kernel's order, without prefix length. */
  addresses: readonly { link: string; address: string; prefix: string; scope: string }[];
  /** By `link address`. */
  neighbours: ReadonlyMap<string, string>;
  connections: Connection[];
  /** Value of a sysctl; undefined if it was not captured. */
  sysctl(name: string): number | undefined;
}

export function openSpace(host: HostCapture, capture: NamespaceCapture): Space {
  const { network } = capture;
  const sysctls = new Map(network.sysctls.map(({ name, value }) => [name, Number(value)]));
  const routes = { inet: new Map(), inet6: new Map() } satisfies Record<
    Family,
    Map<number, RouteSpec[]>
  >;
  for (const route of network.routes) {
    const tables: Map<number, RouteSpec[]> = routes[route.family];
    const table = route.table ?? 254;
    tables.set(table, [...(tables.get(table) ?? []), route]);
  }
  const rulesOf = (family: Family) =>
    network.rules.filter((r) => r.family === family).sort((a, b) => a.priority - b.priority);
  return {
    name: capture.name,
    host,
    capture,
    links: new Map(network.links.map((link) => [link.name, link])),
    routes,
    rules: { inet: rulesOf('inet'), inet6: rulesOf('inet6') },
    addresses: network.addresses.map(({ link, address, scope }) => ({
      link,
      address: address.slice(0, address.indexOf('/')),
      prefix: address,
      scope: scope ?? 'global',
    })),
    neighbours: new Map(network.neighbours.map((n) => [`${n.link} ${n.address}`, n.mac])),
    connections: [],
    sysctl: (name) => sysctls.get(name),
  };
}

/** Addresses of one link and family, or of all links. */
export function addressesOf(space: Space, family: Family, link?: string): Space['addresses'] {
  return space.addresses.filter(
    (one) => familyOf(one.address) === family && (link === undefined || one.link === link),
  );
}

/** IN_DEV_MAXCONF and IN_DEV_ORCONF of linux/inetdevice.h: the larger of `all` and of the link; 0 if not captured. */
export function largest(space: Space, key: string, link: string): number {
  const at = (place: string) => space.sysctl(`net/ipv4/conf/${place}/${key}`) ?? 0;
  return Math.max(at('all'), at(link));
}
