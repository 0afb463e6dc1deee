import type { ResultDocument } from '@vcn-cni/cni-spec';

/** What names an attachment for good. */
export interface AttachmentKey {
  network: string;
  containerId: string;
  ifname: string;
}

/** What was kept of an ADD. */
export interface CachedAttachment extends AttachmentKey {
  /** Path of the namespace; older writers left it out. */
  netns?: string;
  /** `CNI_ARGS`, in their order. */
  args?: [string, string][];
  capabilities?: Record<string, unknown>;
  /** Text of the list that was added. */
  config?: string;
  /** As it was written, not yet checked; in the version of the list that was added. */
  result?: ResultDocument;
}
