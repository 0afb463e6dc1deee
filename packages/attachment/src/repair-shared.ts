import { diff } from '@vcn-cni/netlink';
import { planHost } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';

/**
 * The shared part alone, for a CHECK: rules, VNICs and their tables, sysctls, filter. What refuses addresses
 * without a pod is left to `reconcile`.
 */
export async function repairShared(scene: Scene): Promise<void> {
  const { kernel, filter, settings } = scene;
  const planned = planHost(scene.node(), settings.host);
  const wanted = { ...planned, routes: planned.routes.filter(({ link }) => link !== undefined) };
  const actual = await kernel.host.snapshot({
    links: [
      ...new Set([
        ...wanted.links.map(({ name }) => name),
        ...wanted.routes.map(({ link }) => link!),
      ]),
    ],
    ruleProtocol: settings.host.routeProtocol,
    sysctls: wanted.sysctls.map(({ name }) => name),
  });
  const missing = diff(actual, wanted);
  if (missing.length > 0) await kernel.host.apply(missing);
  if ((await filter.differences()).length > 0) await filter.apply();
}
