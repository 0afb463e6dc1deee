import { diff, formatOperation, type Operation, ownedBy, type WantedState } from '@vcn-cni/netlink';
import { aliasPrefix, planHost, planPod } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';
import { followMac } from './follow-mac.ts';
import { linkLock } from './lock-names.ts';

/** What a reconcile did, or would do, as lines that an operator could type. */
export interface ReconcileReport {
  changes: string[];
}

/** Shared host state and the host side of every attachment are made as planned. */
export async function reconcile(scene: Scene): Promise<ReconcileReport> {
  try {
    for (const record of scene.registry.all()) await followMac(scene, record);
    const operations = await pending(scene);
    await scene.kernel.host.apply(operations);
    const filter = await scene.filter.differences();
    if (filter.length > 0) await scene.filter.apply();
    scene.health.degraded = undefined;
    return { changes: [...operations.map(formatOperation), ...filter] };
  } catch (error) {
    scene.health.degraded = `host state could not be repaired: ${(error as Error).message}`;
    throw error;
  }
}

/** The same without doing it (`vcnctl plan`). */
export async function plannedChanges(scene: Scene): Promise<ReconcileReport> {
  const operations = await pending(scene);
  return {
    changes: [...operations.map(formatOperation), ...(await scene.filter.differences())],
  };
}

/** The shared part alone, from a small snapshot: rules, tables of VNICs, sysctls, filter. */
export async function repairShared(scene: Scene): Promise<void> {
  const wanted = planHost(scene.node(), scene.settings.host);
  const actual = await scene.kernel.host.snapshot({
    sysctls: wanted.sysctls.map(({ name }) => name),
  });
  const missing = diff(actual, wanted).filter(({ op }) => !op.endsWith('.delete'));
  if (missing.length > 0) await scene.kernel.host.apply(missing);
  if ((await scene.filter.differences()).length > 0) await scene.filter.apply();
}

async function pending(scene: Scene): Promise<Operation[]> {
  const wanted = wantedHost(scene);
  const actual = await scene.kernel.host.snapshot({
    sysctls: wanted.sysctls.map(({ name }) => name),
  });
  const present = new Map(actual.links.map((link) => [link.name, link]));
  // An attachment without its link cannot be mended from here; it waits for its DEL or GC.
  const mendable = (link: string | undefined) =>
    link === undefined || (present.has(link) && !scene.locks.isHeld(linkLock(link)));
  const owned = ownedBy({
    aliasPrefix,
    protocols: [scene.settings.host.routeProtocol],
  });
  return diff(actual, wanted, owned).filter((operation) => mendable(linkOf(operation)));
}

function wantedHost(scene: Scene): WantedState {
  const { settings, registry } = scene;
  const node = scene.node();
  const shared = planHost(node, settings.host);
  const pods = registry
    .all()
    .map(({ detail, lease }) => planPod(detail.spec, lease, node, settings.host).host);
  const parts = [shared, ...pods];
  return {
    links: parts.flatMap(({ links }) => links),
    addresses: parts.flatMap(({ addresses }) => addresses),
    routes: parts.flatMap(({ routes }) => routes),
    rules: parts.flatMap(({ rules }) => rules),
    neighbours: parts.flatMap(({ neighbours }) => neighbours),
    // Those of the veths are judged by CHECK alone: policy engines set some of them too.
    sysctls: shared.sysctls,
  };
}

/** The link that an operation touches, if it is one of a pod. */
function linkOf(operation: Operation): string | undefined {
  switch (operation.op) {
    case 'link.create':
    case 'link.set':
      return operation.link.name;
    case 'link.delete':
      return operation.name;
    case 'address.put':
    case 'address.delete':
      return operation.address.link;
    case 'route.put':
    case 'route.delete':
      return operation.route.link;
    case 'neighbour.put':
    case 'neighbour.delete':
      return operation.neighbour.link;
    default:
      return undefined;
  }
}
