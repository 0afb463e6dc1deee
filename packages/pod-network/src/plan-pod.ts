import type { Lease, LeasedAddress } from '@vcn-cni/ipam';
import type { RouteSpec, WantedState } from '@vcn-cni/netlink';
import { formatAlias } from './attachment-alias.ts';
import { gateway, hostCidr } from './link-local.ts';
import type { NodeFacts } from './node.ts';
import { podSide } from './pod-side.ts';
import type { PodSpec } from './pod-spec.ts';
import type { HostSettings } from './settings.ts';

/** Wanted kernel state of one attachment: `pod` is the namespace named by `CNI_NETNS`. */
export interface PodPlan {
  host: WantedState;
  pod: WantedState;
}

/** The key of the pod's namespace in `VethPeer.namespace`. */
export const podNamespace = 'pod';

/** The datapath of one pod: design of VCN-native pods, one veth pair, one route a family. Pure. */
export function planPod(
  spec: PodSpec,
  lease: Lease,
  node: NodeFacts,
  settings: HostSettings,
): PodPlan {
  return { host: hostSide(spec, lease, node, settings), pod: podSide(spec, lease, settings) };
}

function hostSide(
  spec: PodSpec,
  lease: Lease,
  node: NodeFacts,
  settings: HostSettings,
): WantedState {
  const { hostLink, hostMac, podMac, mtu, key } = spec;
  return {
    links: [
      {
        name: hostLink,
        kind: 'veth',
        mac: hostMac,
        mtu,
        alias: formatAlias(key),
        up: true,
        peer: { name: key.ifname, mac: podMac, mtu, namespace: podNamespace },
      },
    ],
    sysctls: hostLinkSysctls(hostLink, node),
    // Never an IPv4 address: with one, rp_filter "all" = 2 would let every spoof pass.
    addresses: node.families.includes('inet6')
      ? [{ link: hostLink, address: `${gateway.inet6}/64`, scope: 'link', nodad: true }]
      : [],
    neighbours: lease.addresses.map(({ address }) => ({ link: hostLink, address, mac: podMac })),
    routes: lease.addresses.map((leased) => podRoute(leased, hostLink, node, settings)),
    rules: [],
  };
}

function podRoute(
  { family, address }: LeasedAddress,
  link: string,
  node: NodeFacts,
  settings: HostSettings,
): RouteSpec {
  const source = node.primary.addresses[family];
  return {
    family,
    destination: hostCidr(family, address),
    table: settings.tables.pods,
    link,
    protocol: settings.routeProtocol,
    ...(family === 'inet' && { scope: 'link' as const }),
    ...(source !== undefined && { source }),
  };
}

function hostLinkSysctls(link: string, node: NodeFacts) {
  const values: [string, string][] = [
    [`net/ipv4/conf/${link}/rp_filter`, '1'],
    [`net/ipv4/conf/${link}/accept_redirects`, '0'],
    // A pod that lost its neighbour entry asks for the gateway and is answered at once.
    [`net/ipv4/conf/${link}/proxy_arp`, '1'],
    [`net/ipv4/neigh/${link}/proxy_delay`, '0'],
  ];
  if (node.families.includes('inet6')) {
    values.push(
      [`net/ipv6/conf/${link}/addr_gen_mode`, '1'],
      [`net/ipv6/conf/${link}/accept_ra`, '0'],
      [`net/ipv6/conf/${link}/accept_redirects`, '0'],
    );
  }
  return values.map(([name, value]) => ({ name, value }));
}
