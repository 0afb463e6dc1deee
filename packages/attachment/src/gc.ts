import type { Invocation } from '@vcn-cni/cni-spec';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { Scene } from './deps.ts';
import { attachmentLock, linkLock } from './lock-names.ts';
import type { AttachmentRecord } from './record.ts';
import { hostLinkIsGone, release } from './release.ts';

/**
 * GC (SPEC section 2) of its own network. Only an explicit list is believed; without one, only what is
 * provably dead is collected. Goes on after an error and reports all of them.
 * @throws CniError 110 naming each attachment that could not be collected.
 */
export async function gc(scene: Scene, invocation: Invocation): Promise<void> {
  const calledAt = scene.clock.bootTime();
  const { name, validAttachments } = invocation.config;
  const valid =
    validAttachments && new Set(validAttachments.map((v) => `${v.containerID}/${v.ifname}`));
  const candidates = scene.registry
    .all()
    .filter(({ key, startedAt }) => key.network === name && startedAt < calledAt)
    .filter(({ key }) => !scene.locks.isHeld(attachmentLock(key)))
    .filter(({ key }) => !valid?.has(`${key.containerId}/${key.ifname}`));
  const outcomes = await Promise.allSettled(
    candidates.map((record) =>
      collect(scene, record, valid ? 'not listed' : 'its interface is gone'),
    ),
  );
  const failures = outcomes.flatMap((o) => (o.status === 'rejected' ? [String(o.reason)] : []));
  if (failures.length > 0) {
    throw new CniError(
      ErrorCode.KernelRefused,
      `${failures.length} of ${candidates.length} stale attachments were not collected`,
      failures.join('\n'),
    );
  }
}

async function collect(
  scene: Scene,
  { key }: AttachmentRecord,
  why: 'not listed' | 'its interface is gone',
): Promise<void> {
  using _attachment = await scene.locks.acquire(attachmentLock(key));
  const record = scene.registry.get(key);
  if (!record) return;
  const { hostLink, netns, pod } = record.detail.spec;
  using _link = await scene.locks.acquire(linkLock(hostLink));
  if (scene.registry.get(key) !== record) return;
  if (why === 'its interface is gone' && !(await hostLinkIsGone(scene, record))) return;
  scene.log.info(
    { ...key, hostLink, netns, namespace: pod?.namespace, pod: pod?.name, why },
    'collected a stale attachment',
  );
  await release(scene, record);
}
