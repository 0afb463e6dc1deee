import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import { diff, emptyState, type LinkFact } from '@vcn-cni/netlink';
import {
  formatAlias,
  type PodPlan,
  type PodSpec,
  parseAlias,
  podNamespace,
} from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';
import { refusal } from './driver-fault.ts';
import { nameTaken } from './name-taken.ts';
import type { Namespace } from './ports.ts';

/**
 * Makes a plan true: host, then pod, nothing read before. A conflict over a name is looked at and, where
 * the holder is a pod of ours that was created anew, settled once.
 * @returns ifindex of the host link.
 */
export async function applyPlan(
  scene: Scene,
  spec: PodSpec,
  plan: PodPlan,
  namespace: Namespace,
): Promise<number> {
  const hostIndex = await create(scene, spec, plan, namespace);
  await namespace.apply(diff(asCreated(spec), plan.pod));
  return hostIndex;
}

async function create(
  scene: Scene,
  spec: PodSpec,
  plan: PodPlan,
  namespace: Namespace,
): Promise<number> {
  const operations = diff(emptyState(), plan.host);
  const make = async () => {
    const { created } = await scene.kernel.host.apply(operations, {
      namespaces: { [podNamespace]: namespace },
    });
    return created[spec.hostLink]!.index;
  };
  try {
    return await make();
  } catch (error) {
    const refused = refusal(error);
    if (refused?.code !== 'EEXIST' || refused.operation.op !== 'link.create') throw error;
    await makeRoom(scene, spec, namespace);
    return make();
  }
}

/** Which of the two names exists, and whose it is. */
async function makeRoom(scene: Scene, spec: PodSpec, namespace: Namespace): Promise<void> {
  const { host } = scene.kernel;
  const { hostLink, key } = spec;
  const inPod = await namespace.snapshot({ links: [key.ifname] });
  if (inPod.links.length > 0) {
    throw new CniError(
      ErrorCode.InterfaceExists,
      `CNI_IFNAME: ${key.ifname} exists in ${spec.netns} already; nothing was changed`,
    );
  }
  const link = (await host.snapshot({ links: [hostLink] })).links[0];
  if (!link) return;
  const owner = parseAlias(link.alias);
  if (!owner) throw nameTaken(hostLink, 'a link that is not ours');
  if (owner.containerId === key.containerId) throw nameTaken(hostLink, formatAlias(owner));
  await host.deleteLinks([{ index: link.index, alias: link.alias! }]);
}

/** The pod's end right after its creation: what the plan still lacks follows by diff. */
function asCreated({ key, podMac, mtu }: PodSpec) {
  const link: LinkFact = {
    name: key.ifname,
    index: 0,
    kind: 'veth',
    mac: podMac,
    mtu,
    up: false,
    running: false,
    group: 0,
  };
  return { ...emptyState(), links: [link] };
}
