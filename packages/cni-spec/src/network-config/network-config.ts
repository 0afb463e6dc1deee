/** A plugin's execution configuration, as it arrives on standard input (SPEC section 2, "Execution configuration"). */
import type { Dns, Result } from '../result/result.ts';

export interface NetworkConfig {
  cniVersion: string;
  name: string;
  type: string;
  /** Parsed into the 1.1.0 shape, whatever the version of the configuration. */
  prevResult?: Result;
  runtimeConfig?: RuntimeConfig;
  capabilities?: Record<string, boolean>;
  args?: Record<string, unknown>;
  dns?: Dns;
  mtu?: number;
  /** `cni.dev/valid-attachments` (GC); null as CRI-O sends it; undefined when the key is missing. */
  validAttachments?: { containerID: string; ifname: string }[] | null;
  /** Every other key, unchanged (integers above 2^53 as bigint). */
  [key: string]: unknown;
}

/** CONVENTIONS.md: the values of the capabilities that both configuration and runtime name. */
export interface RuntimeConfig {
  mac?: string;
  ips?: string[];
  [key: string]: unknown;
}
