import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import type { Lease } from '@vcn-cni/ipam';
import { describePod, type PodAsk, planPod, podResult } from '@vcn-cni/pod-network';
import { applyPlan } from './apply-plan.ts';
import type { HandlerContext } from './context.ts';
import type { Scene } from './deps.ts';
import { leaseAddresses } from './lease-addresses.ts';
import { attachmentLock, linkLock } from './lock-names.ts';
import { nameTaken } from './name-taken.ts';
import { openPod } from './open-pod.ts';
import type { Namespace } from './ports.ts';
import { readAsk } from './read-ask.ts';
import type { AttachmentRecord } from './record.ts';
import { hostLinkIsGone, release } from './release.ts';

/**
 * ADD (SPEC section 2): an address, a veth pair, a result. What is planned is known and the intent
 * durable before the kernel is touched; a failure leaves nothing behind.
 * @throws CniError
 */
export async function add(
  scene: Scene,
  invocation: Invocation,
  { signal, callerPid }: HandlerContext,
): Promise<Result> {
  const startedAt = scene.clock.bootTime();
  const ask = readAsk(invocation);
  using namespace = openPod(scene.kernel, ask.netns, callerPid);
  using _attachment = await scene.locks.acquire(attachmentLock(ask.key), signal);
  await refuseDuplicate(scene, ask);
  const lease = await leaseAddresses(scene, ask, signal);
  return await attach(scene, ask, lease, namespace, startedAt);
}

/** From here on a caller that gives up changes nothing: what has begun is finished and stays for its DEL. */
async function attach(
  scene: Scene,
  ask: PodAsk,
  lease: Lease,
  namespace: Namespace,
  startedAt: bigint,
): Promise<Result> {
  const { settings, registry } = scene;
  let record: AttachmentRecord | undefined;
  try {
    const node = scene.node();
    const spec = describePod(ask, lease, node, settings.host);
    const plan = planPod(spec, lease, node, settings.host);
    const result = podResult(spec, lease, plan, ask);
    using _link = await scene.locks.acquire(linkLock(spec.hostLink));
    await replaceLoser(scene, ask, spec.hostLink);
    const detail = { spec, namespace: namespace.identity };
    const intent: AttachmentRecord = { key: ask.key, phase: 'intent', lease, startedAt, detail };
    registry.intend(intent);
    record = intent;
    try {
      const hostIndex = await applyPlan(scene, spec, plan, namespace);
      record = { ...record, detail: { ...detail, hostIndex } };
      registry.attached(record);
      return result;
    } catch (error) {
      await undo(scene, record);
      throw error;
    }
  } catch (error) {
    if (!record) scene.pool.abandon(ask.key);
    throw error;
  }
}

/** What cannot be undone now stays an intent: its DEL or the next start removes it. */
async function undo(scene: Scene, record: AttachmentRecord): Promise<void> {
  try {
    await release(scene, record);
  } catch (error) {
    scene.log.warn({ ...record.key, error: String(error) }, 'a failed ADD was not undone');
  }
}

async function refuseDuplicate(scene: Scene, { key }: PodAsk): Promise<void> {
  const present = scene.registry.get(key);
  if (!present) return;
  using _link = await scene.locks.acquire(linkLock(present.detail.spec.hostLink));
  if (await hostLinkIsGone(scene, present)) return await release(scene, present);
  throw new CniError(
    ErrorCode.InterfaceExists,
    `CNI_IFNAME: ${key.ifname} of container ${key.containerId} is attached to ${key.network} already; DEL it first`,
  );
}

/** A re-created StatefulSet pod has the name of the one before it, whose DEL may come later or never. */
async function replaceLoser(scene: Scene, { key }: PodAsk, hostLink: string): Promise<void> {
  const holder = scene.registry.byHostLink(hostLink);
  if (!holder) return;
  if (holder.key.containerId === key.containerId) throw nameTaken(hostLink, 'this container');
  scene.log.info(
    { hostLink, containerId: holder.key.containerId, successor: key.containerId },
    'released an attachment whose pod was created anew',
  );
  await release(scene, holder);
}
