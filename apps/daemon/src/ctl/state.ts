import type { PoolCounts } from '@vcn-cni/ipam';
import type { WaitReport } from '../vnics-report.ts';

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
  /** What the source of addresses waits for. */
  waits: WaitReport[];
  /** Pods that are cut off, since the VNIC of an address of theirs is gone. */
  stranded: string[];
  /** Changes that somebody undoes again and again; they are made at long intervals only. */
  fights: { change: string; times: number }[];
  /** Longest delay of the event loop since the start, in milliseconds. */
  loopDelayMs: number;
  residentBytes: number;
  node?: Record<string, unknown>;
}
