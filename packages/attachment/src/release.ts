import type { AttachmentKey } from '@vcn-cni/ipam';
import type { LinkFact } from '@vcn-cni/netlink';
import { formatAlias, planPod } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';
import type { AttachmentRecord } from './record.ts';

/**
 * Removes an attachment from kernel and store. Its link goes by recorded ifindex with the alias checked,
 * or, before an index was recorded, by name with the alias checked. Routes and neighbours go with it.
 * The caller holds the lock of the host link.
 */
export async function release(scene: Scene, record: AttachmentRecord): Promise<void> {
  const { key, detail, lease } = record;
  const { host } = scene.kernel;
  const index = detail.hostIndex ?? (await findHostLink(scene, detail.spec.hostLink, key))?.index;
  if (index !== undefined) await host.deleteLinks([{ index, alias: formatAlias(key) }]);
  await removePodRules(scene, record);
  scene.registry.remove(record);
  const addresses = lease.addresses.map(({ address }) => address);
  // In the background: their cooldown has begun, and they are not given out before its end.
  host.flushConntrack(addresses).catch((error: unknown) => {
    scene.log.warn({ addresses, error: String(error) }, 'connection tracking was not flushed');
  });
}

/** Rules, unlike routes, outlive their link: a pod that goes on living is left as it was. */
async function removePodRules(
  { kernel, settings, node, log }: Scene,
  { detail: { spec, namespace }, lease }: AttachmentRecord,
): Promise<void> {
  const { rules } = planPod(spec, lease, node(), settings.host).pod;
  if (rules.length === 0 || !spec.netns) return;
  try {
    const pod = kernel.open(spec.netns);
    try {
      if (pod.identity !== namespace) return;
      await pod.apply(rules.map((rule) => ({ op: 'rule.delete', rule })));
    } finally {
      pod.close();
    }
  } catch (error) {
    log.info({ ...spec.key, error: String(error) }, 'the namespace of the pod is gone');
  }
}

/** Kernel proof and nothing less: the link with the recorded ifindex and alias does not exist. */
export async function hostLinkIsGone(
  scene: Scene,
  { key, detail }: AttachmentRecord,
): Promise<boolean> {
  const link = await findHostLink(scene, detail.spec.hostLink, key);
  return link === undefined || (detail.hostIndex ?? link.index) !== link.index;
}

/** The host link of this name, if its alias carries the key. */
export async function findHostLink(
  scene: Scene,
  name: string,
  key: AttachmentKey,
): Promise<LinkFact | undefined> {
  const { links } = await scene.kernel.host.snapshot({ links: [name] });
  return links.find((link) => link.alias === formatAlias(key));
}
