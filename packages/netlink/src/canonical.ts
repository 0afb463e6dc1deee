/** One text for one thing: every default filled in as the kernel would, so that equality is of JSON. */
import { canonicalAddress, canonicalNetwork, canonicalPrefix } from './inet.ts';
import { formatMac, parseMac } from './mac.ts';
import type { AddressSpec, NeighbourSpec, RouteSpec, RuleSpec, SysctlSpec } from './state.ts';

/** RTPROT_BOOT: what `ip route` uses for a route that names no protocol. */
const PROTOCOL_BOOT = 3;
const MAIN = 254;
const IPV6_METRIC = 1024;

/** Canonical text by `read`, or an error that also names the field. */
function field(name: string, value: string, read: (text: string) => string): string {
  try {
    return read(value);
  } catch (cause) {
    throw new TypeError(`${name}: ${(cause as Error).message}`, { cause });
  }
}

/** Drops absent fields, so that the JSON of equal things is equal. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as T;
}

/** The kernel derives an IPv6 address's scope; `ip` derives that of 127.0.0.0/8. */
function addressScope(address: string, asked: AddressSpec['scope']): AddressSpec['scope'] {
  if (!address.includes(':')) return asked ?? (address.startsWith('127.') ? 'host' : 'global');
  if (/^fe[89ab][\da-f]:/.test(address)) return 'link';
  return address.startsWith('::1/') ? 'host' : 'global';
}

export function canonicalAddressSpec(spec: AddressSpec): AddressSpec {
  const address = field('address.address', spec.address, canonicalPrefix);
  return present<AddressSpec>({
    link: spec.link,
    address,
    scope: addressScope(address, spec.scope),
    nodad: (spec.nodad && address.includes(':')) || undefined,
    noprefixroute: spec.noprefixroute || undefined,
  });
}

function routeScope(route: RouteSpec): RouteSpec['scope'] {
  if (route.family === 'inet6') return 'global';
  if (route.scope !== undefined) return route.scope;
  if (route.type === 'local') return 'host';
  const direct = (route.type ?? 'unicast') === 'unicast' && route.gateway === undefined;
  return direct ? 'link' : 'global';
}

const refusing = new Set<RouteSpec['type']>(['unreachable', 'blackhole', 'prohibit', 'throw']);

export function canonicalRoute(route: RouteSpec): RouteSpec {
  const optional = (name: 'gateway' | 'source'): string | undefined => {
    const value = route[name];
    return value === undefined ? undefined : field(`route.${name}`, value, canonicalAddress);
  };
  // The kernel files IPv6 routes without a metric, and with metric 0, under 1024.
  const priority = route.family === 'inet6' ? route.priority || IPV6_METRIC : (route.priority ?? 0);
  return present<RouteSpec>({
    family: route.family,
    destination: field('route.destination', route.destination, canonicalNetwork),
    table: route.table ?? MAIN,
    type: route.type ?? 'unicast',
    // The kernel says `dev lo` of IPv6 routes that refuse; nobody asked for it.
    link: refusing.has(route.type) ? undefined : route.link,
    gateway: optional('gateway'),
    onlink: route.onlink || undefined,
    source: optional('source'),
    scope: routeScope(route),
    priority,
    protocol: route.protocol ?? PROTOCOL_BOOT,
    mtu: route.mtu || undefined,
  });
}

function ruleNetwork(name: 'from' | 'to', value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const network = field(`rule.${name}`, value, canonicalNetwork);
  return network.endsWith('/0') ? undefined : network;
}

export function canonicalRule(rule: RuleSpec): RuleSpec {
  return present<RuleSpec>({
    family: rule.family,
    priority: rule.priority,
    action: rule.action,
    table: rule.action === 'lookup' ? (rule.table ?? MAIN) : undefined,
    from: ruleNetwork('from', rule.from),
    to: ruleNetwork('to', rule.to),
    iif: rule.iif,
    oif: rule.oif,
    fwmark: rule.fwmark,
    // A mark without a mask is compared whole.
    fwmask: rule.fwmark === undefined ? undefined : (rule.fwmask ?? 0xffff_ffff),
    suppressPrefixLength: rule.suppressPrefixLength,
    protocol: rule.protocol ?? 0,
  });
}

export function canonicalNeighbour(neighbour: NeighbourSpec): NeighbourSpec {
  return {
    link: neighbour.link,
    address: field('neighbour.address', neighbour.address, canonicalAddress),
    mac: field('neighbour.mac', neighbour.mac, (mac) => formatMac(parseMac(mac))),
  };
}

/** Blanks between the words of a value are one space; the kernel prints tabs. */
export function canonicalSysctl(sysctl: SysctlSpec): SysctlSpec {
  if (!/^net\/[^\s]+$/.test(sysctl.name) || sysctl.name.split('/').includes('..')) {
    throw new TypeError(
      `sysctl.name: "${sysctl.name}" is not a path below net/ with slashes: give it as net/ipv4/conf/eth0/rp_filter`,
    );
  }
  return { name: sysctl.name, value: sysctl.value.trim().replaceAll(/\s+/g, ' ') };
}
