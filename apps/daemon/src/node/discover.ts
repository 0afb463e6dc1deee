/** The node as the configuration and the kernel describe it. */
import type { ActualState, Family, RouteSpec } from '@vcn-cni/netlink';
import type { NodeFacts } from '@vcn-cni/pod-network';
import type { Config } from '../config/schema.ts';
import { HostError } from './host-error.ts';

const main = 254;
const anywhere = { inet: '0.0.0.0/0', inet6: '::/0' };
const families: Family[] = ['inet', 'inet6'];

/** Id of the primary VNIC where no cloud names it. */
export const primaryId = 'primary';

/**
 * Pure.
 * The secondary VNICs are found later.
 * @param actual links, addresses, main routes and the sysctls of {@link nodeSysctls}.
 * @throws HostError naming the setting that is needed or does not fit this host.
 */
export function discoverNode(config: Config, actual: ActualState): NodeFacts {
  const name = config.node.interface ?? defaultRoute(actual)?.link;
  if (name === undefined)
    throw new HostError(
      'node.interface: missing, and this host has no default route to find it by; set it',
    );
  const link = actual.links.find((candidate) => candidate.name === name);
  if (!link)
    throw new HostError(
      `node.interface: "${name}" is not an interface of this host; there is ${actual.links.map((l) => l.name).join(', ')}`,
    );
  if (name.startsWith(config.interfacePrefix))
    throw new HostError(
      `interfacePrefix: "${config.interfacePrefix}" is the beginning of "${name}", the node's own interface; choose another`,
    );
  const { blocks } = config.pool;
  const wanted = families.filter((family) => wantsFamily(family, config));
  const addresses = byFamily(wanted, (family) => addressOf(family, name, config, actual));
  for (const family of wanted)
    if (addresses[family] === undefined)
      throw new HostError(
        `node.addresses: ${name} has no ${family === 'inet' ? 'IPv4' : 'IPv6'} address, but pods are to have addresses of that family; set the node's address`,
      );
  const acceptsRa = actual.sysctls.find((sysctl) => sysctl.name === acceptRa(name))?.value;
  return {
    primary: {
      name,
      id: primaryId,
      ...(link.mac !== undefined && { mac: link.mac }),
      mtu: config.mtu ?? link.mtu,
      addresses,
      gateways: byFamily(
        wanted,
        (family) =>
          config.node.gateways?.find((ip) => familyOf(ip) === family) ??
          defaultRoute(actual, family, name)?.gateway,
      ),
      acceptsRouterAdvertisements: acceptsRa === '1' || acceptsRa === '2',
      blocks,
    },
    secondaries: [],
    vcnCidrs: config.vcnCidrs,
    families: wanted,
  };
}

function wantsFamily(family: Family, { pool }: Config): boolean {
  if (pool.mode !== 'static') return pool.families.includes(family);
  return pool.blocks.some((block) => familyOf(block) === family);
}

/** What {@link discoverNode} wants to know of the primary interface, whichever it is. */
export function nodeSysctls(links: readonly { name: string }[]): string[] {
  return links.map(({ name }) => acceptRa(name));
}

const acceptRa = (link: string) => `net/ipv6/conf/${link}/accept_ra`;

function defaultRoute(
  { routes }: ActualState,
  family?: Family,
  link?: string,
): RouteSpec | undefined {
  return routes
    .filter((route) => (route.table ?? main) === main && (route.type ?? 'unicast') === 'unicast')
    .filter((route) => route.destination === anywhere[route.family])
    .filter((route) => family === undefined || route.family === family)
    .filter((route) => route.link !== undefined && (link === undefined || route.link === link))
    .sort((a, b) => a.family.localeCompare(b.family) || (a.priority ?? 0) - (b.priority ?? 0))[0];
}

function addressOf(family: Family, link: string, config: Config, actual: ActualState) {
  return (
    config.node.addresses?.find((ip) => familyOf(ip) === family) ??
    actual.addresses
      .find(
        (candidate) =>
          candidate.link === link &&
          (candidate.scope ?? 'global') === 'global' &&
          familyOf(candidate.address) === family,
      )
      ?.address.split('/')[0]
  );
}

const familyOf = (text: string): Family => (text.includes(':') ? 'inet6' : 'inet');

function byFamily(
  wanted: Family[],
  find: (family: Family) => string | undefined,
): Partial<Record<Family, string>> {
  return Object.fromEntries(
    wanted.flatMap((family) => {
      const value = find(family);
      return value === undefined ? [] : [[family, value]];
    }),
  );
}
