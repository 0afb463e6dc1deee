import { diff, formatOperation, type Operation, ownedBy } from '@vcn-cni/netlink';
import { aliasPrefix, planHost, planPod } from '@vcn-cni/pod-network';
import { byLink } from './by-link.ts';
import type { Scene } from './deps.ts';
import { followMac } from './follow-mac.ts';
import { linkLock } from './lock-names.ts';

/** What a reconcile did, or would do, as lines that an operator could type. */
export interface ReconcileReport {
  changes: string[];
}

export interface ReconcileOptions {
  /** Changes that are not made this time, by their line of the report. */
  skip?(line: string): boolean;
}

/** Shared host state and the host side of every attachment are made as planned. */
export async function reconcile(
  scene: Scene,
  { skip = () => false }: ReconcileOptions = {},
): Promise<ReconcileReport> {
  try {
    for (const record of scene.registry.all()) await followMac(scene, record);
    const operations = (await pending(scene)).filter((one) => !skip(formatOperation(one)));
    await scene.kernel.host.apply(operations);
    const filter = (await scene.filter.differences()).filter((line) => !skip(line));
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

/** Attachments compared before other events get their turn: each takes a tenth of a millisecond. */
const batch = 16;

async function pending(scene: Scene): Promise<Operation[]> {
  const { kernel, registry, settings, locks } = scene;
  const node = scene.node();
  const shared = planHost(node, settings.host);
  const actual = await kernel.host.snapshot({ sysctls: shared.sysctls.map(({ name }) => name) });
  const owned = ownedBy({ aliasPrefix, protocols: [settings.host.routeProtocol] });
  const records = registry.all();
  const inFlight = actual.links
    .map(({ name }) => name)
    .filter((name) => locks.isHeld(linkLock(name)));
  const { parts, rest } = byLink(actual, [
    ...inFlight,
    ...records.map(({ detail }) => detail.spec.hostLink),
  ]);
  for (const name of inFlight) parts.delete(name);
  const operations = diff(rest, shared, owned);
  for (const [at, { detail, lease }] of records.entries()) {
    if (at % batch === batch - 1) await new Promise((resolve) => setTimeout(resolve, 0));
    // An attachment without its link cannot be mended from here; it waits for its DEL or GC.
    const part = parts.get(detail.spec.hostLink);
    if (!part) continue;
    // Sysctls of the veths are judged by CHECK alone: policy engines set some of them too.
    const { host } = planPod(detail.spec, lease, node, settings.host);
    operations.push(...diff(part, { ...host, sysctls: [] }, owned));
  }
  return operations;
}
