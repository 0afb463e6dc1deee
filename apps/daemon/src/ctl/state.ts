import type { PoolCounts } from '@vcn-cni/ipam';

export type DaemonState = 'starting' | 'serving' | 'stopping';

/** `GET /v1/status`. */
export interface StatusReport {
  state: DaemonState;
  /** Whether an ADD could be served now. */
  ready: boolean;
  /** Why not. */
  reason?: string;
  version: string;
  pid: number;
  startedAt: string;
  attachments: number;
  pool?: PoolCounts;
  /** Longest delay of the event loop since the start, in milliseconds. */
  loopDelayMs: number;
  residentBytes: number;
  node?: Record<string, unknown>;
}
