import type { Attachments } from '@vcn-cni/attachment';
import type { PoolCounts } from '@vcn-cni/ipam';

/** What the daemon serves and keeps right: the attachments of one node, and what they stand on. */
export interface Service extends AsyncDisposable {
  attachments: Attachments;
  poolCounts(): PoolCounts;
  /** What may wait until executions are served. */
  tidy(): Promise<void>;
  /** The store was of another boot: what was spooled is about containers that are gone. */
  otherBoot: boolean;
  /** Calls back when the kernel announces that something of ours was changed by others. */
  watch(changed: () => void): Disposable;
  /** What an operator wants to see of the node. */
  node: Record<string, unknown>;
}
