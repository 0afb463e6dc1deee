import type { AttachmentRecord } from '@vcn-cni/attachment';

/** One attachment, for people. */
export interface PodView {
  network: string;
  containerId: string;
  ifname: string;
  /** `namespace/name` of the Kubernetes pod, where the runtime told it. */
  pod?: string;
  addresses: string[];
  /** Host end of the pair. */
  hostLink: string;
  phase: 'intent' | 'attached';
}

export function podView({ key, lease, phase, detail }: AttachmentRecord): PodView {
  const { pod, hostLink } = detail.spec;
  return {
    network: key.network,
    containerId: key.containerId,
    ifname: key.ifname,
    ...(pod && { pod: `${pod.namespace}/${pod.name}` }),
    addresses: lease.addresses.map(({ address }) => address),
    hostLink,
    phase,
  };
}
