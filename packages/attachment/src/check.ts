import { CniError, ErrorCode, type Invocation } from '@vcn-cni/cni-spec';
import { diff, formatOperation, type WantedState } from '@vcn-cni/netlink';
import { planPod } from '@vcn-cni/pod-network';
import type { HandlerContext } from './context.ts';
import type { Scene } from './deps.ts';
import { followMac } from './follow-mac.ts';
import { attachmentLock } from './lock-names.ts';
import { openPod } from './open-pod.ts';
import { readKey } from './read-ask.ts';
import type { AttachmentRecord } from './record.ts';
import { missingRoutes, wantedPod } from './wanted-pod.ts';

/**
 * CHECK (SPEC section 2): the kernel against the plan. Shared host state that is missing is repaired
 * first, then judged. More than planned is allowed.
 * @throws CniError 7 without prevResult, 105 for an unknown attachment, 106 with each difference in `details`.
 */
export async function check(
  scene: Scene,
  invocation: Invocation,
  { signal, callerPid }: HandlerContext,
): Promise<void> {
  const key = readKey(invocation);
  const { prevResult } = invocation.config;
  if (!prevResult) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      'prevResult: missing; CHECK takes the result of the last ADD',
    );
  }
  using namespace = openPod(scene.kernel, invocation.netns, callerPid);
  using _attachment = await scene.locks.acquire(attachmentLock(key), signal);
  const known = scene.registry.get(key);
  if (known) await followMac(scene, known);
  const record = scene.registry.get(key);
  if (!record) {
    throw new CniError(
      ErrorCode.NotAttached,
      `container ${key.containerId} has no attachment ${key.ifname} to ${key.network}`,
    );
  }
  await scene.repairShared();
  const { spec } = record.detail;
  const plan = planPod(spec, record.lease, scene.node(), scene.settings.host);
  const pod = await namespace.snapshot();
  const differences = [
    ...wrongNamespace(record, namespace.identity),
    ...lacking(pod, wantedPod(spec, plan, prevResult)).map((text) => `in the pod: ${text}`),
    ...missingRoutes(prevResult, plan, pod).map(
      ({ dst, gw }) => `in the pod: route ${dst}${gw ? ` via ${gw}` : ''} is missing`,
    ),
    ...(await lackingOnHost(scene, record, plan.host, macOf(pod, spec.key.ifname))),
  ];
  if (differences.length === 0) return;
  throw new CniError(
    ErrorCode.StateDiffers,
    `${key.ifname} of container ${key.containerId} is not as it was made: ${differences[0]}`,
    differences.join('\n'),
  );
}

type Actual = Parameters<typeof diff>[0];

/** What would have to be done: anything but removal. */
function lacking(actual: Actual, wanted: WantedState): string[] {
  return diff(actual, wanted)
    .filter(({ op }) => !op.endsWith('.delete'))
    .map(formatOperation);
}

async function lackingOnHost(
  scene: Scene,
  { detail }: AttachmentRecord,
  planned: WantedState,
  podMac: string | undefined,
): Promise<string[]> {
  const { hostLink } = detail.spec;
  const actual = await scene.kernel.host.snapshot({
    links: [hostLink],
    sysctls: planned.sysctls.map(({ name }) => name),
  });
  const replaced =
    detail.hostIndex !== undefined && actual.links[0] && actual.links[0].index !== detail.hostIndex
      ? [`on the host: ${hostLink} has ifindex ${actual.links[0].index}, not ${detail.hostIndex}`]
      : [];
  const neighbours = podMac
    ? planned.neighbours.map((neighbour) => ({ ...neighbour, mac: podMac }))
    : planned.neighbours;
  return [
    ...replaced,
    ...lacking(actual, { ...planned, neighbours }).map((text) => `on the host: ${text}`),
  ];
}

function wrongNamespace({ detail }: AttachmentRecord, identity: string): string[] {
  return detail.namespace === undefined || detail.namespace === identity
    ? []
    : ['CNI_NETNS is another namespace than that of the ADD'];
}

function macOf({ links }: Actual, ifname: string): string | undefined {
  return links.find(({ name }) => name === ifname)?.mac;
}
