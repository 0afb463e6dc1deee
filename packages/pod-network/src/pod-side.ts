import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Lease } from '@vcn-cni/ipam';
import type { Family, RouteSpec, RuleSpec, WantedState } from '@vcn-cni/netlink';
import { anywhere, gateway, hostCidr } from './link-local.ts';
import type { PodSpec } from './pod-spec.ts';
import type { HostSettings } from './settings.ts';

/** Wanted state of the namespace that `CNI_NETNS` names. */
export function podSide(spec: PodSpec, lease: Lease, settings: HostSettings): WantedState {
  const link = spec.key.ifname;
  const families = lease.addresses.map(({ family }) => family);
  const further = link === settings.primaryInterface ? undefined : furtherInterface(link);
  return {
    links: [{ name: link, mac: spec.podMac, mtu: spec.mtu, up: true }],
    sysctls: [],
    addresses: lease.addresses.map(({ family, address }) => ({
      link,
      address: hostCidr(family, address),
      scope: 'global',
      ...(family === 'inet6' && { nodad: true }),
    })),
    neighbours: families.map((family) => ({
      link,
      address: gateway[family],
      mac: spec.hostMac,
    })),
    routes: families.flatMap((family) => [
      ...wayOut(family, link, further && { priority: further.priority }),
      ...(further ? wayOut(family, link, { table: further.table }) : []),
    ]),
    rules: further
      ? lease.addresses.map(
          ({ family, address }): RuleSpec => ({
            family,
            priority: settings.priorities.source,
            action: 'lookup',
            from: hostCidr(family, address),
            table: further.table,
            protocol: settings.routeProtocol,
          }),
        )
      : [],
  };
}

function wayOut(
  family: Family,
  link: string,
  place: Pick<RouteSpec, 'priority' | 'table'> = {},
): RouteSpec[] {
  const byGateway: RouteSpec = {
    family,
    destination: anywhere[family],
    link,
    gateway: gateway[family],
    ...place,
  };
  // fe80::1 is on link by itself. The route to 169.254.1.1 makes it so without RTNH_F_ONLINK, which
  // later plugins that copy routes to a table of their own (sbr) do not carry over.
  return family === 'inet'
    ? [
        { family, destination: hostCidr(family, gateway.inet), link, scope: 'link', ...place },
        byGateway,
      ]
    : [byGateway];
}

/**
 * Where the routes of a further interface go. What the pod sends from that interface's address must
 * leave by it, for the host drops it elsewhere: a table of its own, found by source. In the main table
 * its routes stand behind those of the primary interface, and serve where there is no other.
 */
function furtherInterface(link: string): { table: number; priority: number } {
  const [a = 0, b = 0, c = 0] = sha256(utf8ToBytes(link));
  const number = (a << 16) | (b << 8) | c;
  return { table: 0x1000000 + number, priority: 0x1000000 + number };
}
