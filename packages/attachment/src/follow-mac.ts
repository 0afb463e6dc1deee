import { planPod } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';
import { linkLock } from './lock-names.ts';
import type { Namespace } from './ports.ts';
import type { AttachmentRecord } from './record.ts';

/**
 * Told that a link changed whose peer here has this ifindex: a later plugin (tuning) may have given the
 * pod's interface another MAC. Only a cause to look: what a pod announces is not believed.
 */
export async function podLinkChanged(
  scene: Scene,
  { peerIndex, mac }: { peerIndex?: number; mac?: string },
): Promise<void> {
  const record = scene.registry.byHostIndex(peerIndex);
  if (record && mac !== record.detail.spec.podMac) await followMac(scene, record);
}

/**
 * A pod whose MAC was changed is cut off by the permanent neighbour on the host, and has lost its own: the
 * kernel flushes those with the MAC. The record follows, and both are put as the plan then has them. Reads one
 * link in the pod's namespace; does nothing where that is gone, is another one by now, or cannot be seen.
 */
export async function followMac(scene: Scene, record: AttachmentRecord): Promise<void> {
  const { netns, hostLink } = record.detail.spec;
  if (!netns || scene.locks.isHeld(linkLock(hostLink))) return;
  using _link = await scene.locks.acquire(linkLock(hostLink));
  if (scene.registry.get(record.key) !== record) return;
  const pod = tryOpen(scene, netns);
  if (!pod) return;
  try {
    if (pod.identity === record.detail.namespace) await follow(scene, record, pod);
  } finally {
    pod.close();
  }
}

async function follow(scene: Scene, record: AttachmentRecord, pod: Namespace): Promise<void> {
  const { detail, key, lease } = record;
  const { links } = await pod.snapshot({ links: [key.ifname], tables: [], ruleProtocol: false });
  const mac = links[0]?.mac;
  if (mac === undefined || mac === detail.spec.podMac) return;
  const spec = { ...detail.spec, podMac: mac };
  const plan = planPod(spec, lease, scene.node(), scene.settings.host);
  scene.registry.attached({ ...record, detail: { ...detail, spec } });
  const put = (neighbour: (typeof plan.host.neighbours)[number]) =>
    ({ op: 'neighbour.put', neighbour }) as const;
  await scene.kernel.host.apply(plan.host.neighbours.map(put));
  await pod.apply(plan.pod.neighbours.map(put));
  scene.log.info({ ...key, mac }, 'the pod has another MAC address now');
}

function tryOpen({ kernel }: Scene, path: string): Namespace | undefined {
  try {
    return kernel.open(path);
  } catch {
    return undefined;
  }
}
