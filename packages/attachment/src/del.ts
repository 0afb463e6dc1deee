import { type Invocation, podIdentity } from '@vcn-cni/cni-spec';
import { formatAlias, hostLinkName } from '@vcn-cni/pod-network';
import type { HandlerContext } from './context.ts';
import type { Scene } from './deps.ts';
import { attachmentLock, linkLock } from './lock-names.ts';
import { readKey } from './read-ask.ts';
import { findHostLink, release } from './release.ts';

/**
 * DEL (SPEC section 2): acts on the record of its key, or on a host link whose alias carries the key,
 * and on nothing else that the caller names. Deleting what is unknown is success.
 */
export async function del(
  scene: Scene,
  invocation: Invocation,
  { spooledAt }: HandlerContext,
): Promise<void> {
  const key = readKey(invocation);
  using _attachment = await scene.locks.acquire(attachmentLock(key));
  const record = scene.registry.get(key);
  if (record && spooledAt !== undefined && record.startedAt > spooledAt) {
    scene.log.info({ ...key }, 'a spooled DEL is older than the attachment and was dropped');
    return;
  }
  const hostLink = record?.detail.spec.hostLink ?? derivedLink(scene, invocation);
  using _link = await scene.locks.acquire(linkLock(hostLink));
  // While this DEL waited for the link, a successor of the same name may have released it.
  const current = scene.registry.get(key);
  if (current) return await release(scene, current);
  const link = await findHostLink(scene, hostLink, key);
  if (link) await scene.kernel.host.deleteLinks([{ index: link.index, alias: formatAlias(key) }]);
}

function derivedLink(scene: Scene, invocation: Invocation): string {
  const pod = podIdentity(invocation.args);
  return hostLinkName({ key: readKey(invocation), ...(pod && { pod }) }, scene.settings.host);
}
