import type { AttachmentKey } from '@vcn-cni/ipam';
import { formatAlias } from '@vcn-cni/pod-network';

export const attachmentLock = (key: AttachmentKey) => `attachment ${formatAlias(key)}`;
export const linkLock = (hostLink: string) => `link ${hostLink}`;
