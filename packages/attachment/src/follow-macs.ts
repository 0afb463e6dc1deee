import type { Scene } from './deps.ts';
import { linkLock } from './lock-names.ts';
import type { AttachmentRecord } from './record.ts';

/**
 * Pods whose MAC was changed by a later plugin (tuning) would be cut off by the permanent neighbour on
 * the host: the record follows, and with it the plan. Reads one link in each pod's namespace.
 * @returns whether any record changed.
 */
export async function followMacs(
  scene: Scene,
  records: readonly AttachmentRecord[],
): Promise<boolean> {
  let changed = false;
  for (const record of records) {
    if (scene.locks.isHeld(linkLock(record.detail.spec.hostLink))) continue;
    const mac = await podMac(scene, record);
    if (mac === undefined || mac === record.detail.spec.podMac) continue;
    if (scene.registry.get(record.key) !== record) continue;
    const spec = { ...record.detail.spec, podMac: mac };
    scene.registry.attached({ ...record, detail: { ...record.detail, spec } });
    scene.log.info({ ...record.key, mac }, 'the pod has another MAC address now');
    changed = true;
  }
  return changed;
}

/** Undefined where the namespace is gone, is another one by now, or cannot be seen from here. */
async function podMac(scene: Scene, { detail }: AttachmentRecord): Promise<string | undefined> {
  const { netns, key } = detail.spec;
  if (!netns || !detail.namespace) return undefined;
  try {
    const namespace = scene.kernel.open(netns);
    try {
      if (namespace.identity !== detail.namespace) return undefined;
      const { links } = await namespace.snapshot({
        links: [key.ifname],
        tables: [],
        ruleProtocol: false,
      });
      return links[0]?.mac;
    } finally {
      namespace.close();
    }
  } catch {
    return undefined;
  }
}
