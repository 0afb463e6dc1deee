import type { Dns, Result } from '@vcn-cni/cni-spec';
import type { AttachmentKey } from '@vcn-cni/ipam';

/** What one ADD asks for, read from its invocation. */
export interface PodAsk {
  key: AttachmentKey;
  /** `CNI_NETNS` as the runtime gave it; the sandbox of the result. */
  netns: string;
  /** Both names present in `CNI_ARGS`. */
  pod?: PodIdentity;
  /** Canonical; from the `mac` capability or its older forms. */
  mac?: string;
  /** Bytes; from the network configuration. */
  mtu?: number;
  /** Without prefix length. */
  requested: string[];
  dns?: Dns;
  /** Present when another plugin ran before. */
  prevResult?: Result;
}

export interface PodIdentity {
  namespace: string;
  name: string;
  uid?: string;
}
