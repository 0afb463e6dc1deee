import type { Invocation } from '@vcn-cni/cni-spec';
import type { Key } from './records.ts';

export const isSame = (a: Key, b: Key): boolean =>
  a.containerId === b.containerId && a.ifname === b.ifname;

/** Whether GC was told that an attachment is still there; without a list nothing is known to be stale. */
export const isListed = (key: Key, { validAttachments }: Invocation['config']): boolean =>
  validAttachments?.some(({ containerID, ifname }) =>
    isSame(key, { containerId: containerID, ifname }),
  ) ?? true;
