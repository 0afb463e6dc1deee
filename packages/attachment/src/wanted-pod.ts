import { CniError, ErrorCode, type Result, type Route } from '@vcn-cni/cni-spec';
import type { ActualState, LinkSpec, RouteSpec, WantedState } from '@vcn-cni/netlink';
import { familyOf, type PodPlan, type PodSpec } from '@vcn-cni/pod-network';

/**
 * The plan overlaid by prevResult: what prevResult lists must be as it lists it, for a later chained
 * plugin may have changed it; what it cannot list must be as planned.
 * @throws CniError 7 when prevResult does not list the interface.
 */
export function wantedPod(spec: PodSpec, plan: PodPlan, prevResult: Result): WantedState {
  const { ifname } = spec.key;
  const interfaces = prevResult.interfaces ?? [];
  const index = interfaces.findIndex(({ name, sandbox }) => name === ifname && sandbox);
  const listed = interfaces[index];
  if (!listed) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      `prevResult.interfaces: ${ifname} with a sandbox is not listed; CHECK takes the result of the last ADD`,
    );
  }
  const link: LinkSpec = {
    name: ifname,
    up: true,
    ...(listed.mac !== undefined && { mac: listed.mac.toLowerCase() }),
    ...(listed.mtu !== undefined && { mtu: listed.mtu }),
  };
  const planned = new Map(plan.pod.addresses.map((address) => [address.address, address]));
  const addresses = (prevResult.ips ?? [])
    .filter((ip) => ip.interface === undefined || ip.interface === index)
    .map(({ address }) => planned.get(address) ?? { link: ifname, address });
  return { ...plan.pod, links: [link], addresses, routes: [] };
}

/**
 * Routes of prevResult that no table of the pod holds: a chained plugin may have moved them (sbr). One of the plan
 * leads where the plan has it, so that no other gateway or link passes for it.
 */
export function missingRoutes(
  prevResult: Result,
  { pod: { routes: planned } }: Pick<PodPlan, 'pod'>,
  actual: ActualState,
): Route[] {
  return (prevResult.routes ?? []).filter((listed) => {
    const own = planned.filter(({ destination }) => destination === canonical(listed.dst));
    return !actual.routes.some(
      (route) =>
        isRoute(listed, route) &&
        (own.length === 0 || own.some((each) => leadsAlike(listed, each, route))),
    );
  });
}

function isRoute(listed: Route, { destination, gateway, table, priority }: RouteSpec): boolean {
  return (
    canonical(listed.dst) === destination &&
    (listed.gw === undefined || listed.gw === gateway) &&
    (listed.table === undefined || listed.table === (table ?? 254)) &&
    (listed.priority === undefined || listed.priority === priority)
  );
}

const leadsAlike = ({ gw }: Route, planned: RouteSpec, actual: RouteSpec): boolean =>
  planned.link === actual.link && (gw !== undefined || planned.gateway === actual.gateway);

function canonical(destination: string): string {
  if (destination.includes('/')) return destination;
  return `${destination}/${familyOf(destination) === 'inet' ? 32 : 128}`;
}
