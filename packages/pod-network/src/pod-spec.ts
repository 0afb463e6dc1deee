import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { AttachmentKey, Lease } from '@vcn-cni/ipam';
import { aliasBytes, formatAlias } from './attachment-alias.ts';
import { hostLinkName } from './host-link-name.ts';
import { derivedMac } from './mac-address.ts';
import type { NodeFacts } from './node.ts';
import type { PodAsk, PodIdentity } from './pod-ask.ts';
import type { HostSettings } from './settings.ts';

/**
 * Everything about a pod's attachment that is chosen rather than discovered. It is kept in the record:
 * the plan follows from it, the lease and the node, at any later time.
 */
export interface PodSpec {
  key: AttachmentKey;
  netns: string;
  pod?: PodIdentity;
  hostLink: string;
  /** Lower case. */
  hostMac: string;
  podMac: string;
  /** Bytes. */
  mtu: number;
}

/**
 * Chooses names, MACs and MTU.
 * @throws CniError 7 for an `mtu` that the VNIC cannot carry, 4 for a key that no link alias can hold.
 */
export function describePod(
  ask: PodAsk,
  lease: Lease,
  node: NodeFacts,
  settings: HostSettings,
): PodSpec {
  const { key, netns, pod } = ask;
  const alias = formatAlias(key);
  const bytes = new TextEncoder().encode(alias).length;
  if (bytes > aliasBytes) {
    throw new CniError(
      ErrorCode.InvalidEnvironment,
      `CNI_CONTAINERID, CNI_IFNAME and the network name are too long together: "${alias}" has ${bytes} bytes, a link alias holds ${aliasBytes}`,
    );
  }
  return {
    key,
    netns,
    ...(pod && { pod }),
    hostLink: hostLinkName(ask, settings),
    hostMac: derivedMac(`${alias} host`),
    podMac: ask.mac ?? derivedMac(`${alias} pod`),
    mtu: podMtu(ask.mtu, lease, node),
  };
}

function podMtu(asked: number | undefined, lease: Lease, node: NodeFacts): number {
  const carriers = [node.primary, ...node.secondaries].filter((vnic) =>
    lease.addresses.some(({ vnic: id }) => id === vnic.id),
  );
  const limit = Math.min(...(carriers.length > 0 ? carriers : [node.primary]).map((v) => v.mtu));
  if (asked !== undefined && asked > limit) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      `mtu: ${asked} is larger than the ${limit} bytes of the VNIC that carries the pod; lower it or leave it out`,
    );
  }
  return asked ?? limit;
}
