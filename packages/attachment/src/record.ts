import type { AttachmentKey, Lease } from '@vcn-cni/ipam';
import type { PodSpec } from '@vcn-cni/pod-network';

/** All that is kept of one attachment: the plan follows from it at any time. */
export interface AttachmentRecord {
  key: AttachmentKey;
  /** An intent without `attached` is undone at the next start: the runtime saw that ADD fail. */
  phase: 'intent' | 'attached';
  lease: Lease;
  /** CLOCK_BOOTTIME in nanoseconds at which the ADD began. */
  startedAt: bigint;
  detail: AttachmentDetail;
}

export interface AttachmentDetail {
  spec: PodSpec;
  /** `device:inode` of the pod's namespace; absent when the record was rebuilt from the kernel. */
  namespace?: string;
  /** ifindex of the host link; absent until the kernel made it. */
  hostIndex?: number;
}
