import { type Dns, type IpConfig, latestVersion, type Result, type Route } from '@vcn-cni/cni-spec';
import type { Lease } from '@vcn-cni/ipam';
import { gateway, hostCidr } from './link-local.ts';
import type { PodPlan } from './plan-pod.ts';
import type { PodSpec } from './pod-spec.ts';

/**
 * The ADD result of a plan, in the shape of 1.1.0 (SPEC section 5): what the plan makes, behind what
 * earlier plugins reported.
 */
export function podResult(
  spec: PodSpec,
  lease: Lease,
  plan: PodPlan,
  given: { dns?: Dns; prevResult?: Result },
): Result {
  const { prevResult } = given;
  const before = prevResult?.interfaces ?? [];
  const interfaces = [
    ...before,
    { name: spec.hostLink, mac: spec.hostMac, mtu: spec.mtu },
    { name: spec.key.ifname, mac: spec.podMac, mtu: spec.mtu, sandbox: spec.netns },
  ];
  const ips: IpConfig[] = lease.addresses.map(({ family, address }) => ({
    interface: interfaces.length - 1,
    address: hostCidr(family, address),
    gateway: gateway[family],
  }));
  const routes = plan.pod.routes.map(
    (route): Route => ({
      dst: route.destination,
      ...(route.gateway !== undefined ? { gw: route.gateway } : { scope: linkScope }),
      ...(route.priority !== undefined && { priority: route.priority }),
      ...(route.table !== undefined && { table: route.table }),
    }),
  );
  const dns = given.dns ?? prevResult?.dns;
  return {
    ...prevResult,
    cniVersion: latestVersion,
    interfaces,
    ips: [...(prevResult?.ips ?? []), ...ips],
    routes: [...(prevResult?.routes ?? []), ...routes],
    ...(dns && { dns }),
  };
}

/** RT_SCOPE_LINK of linux/rtnetlink.h. */
const linkScope = 253;
