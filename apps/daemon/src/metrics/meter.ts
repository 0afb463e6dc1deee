import type { PoolCounts } from '@vcn-cni/ipam';
import type { ObservedAttempt } from '@vcn-cni/oci-vnic/api';
import type { VerbSample } from '../server/serve-verbs.ts';
import type { VnicsReport } from '../vnics-report.ts';

/** Counts what the daemon does and prints it for Prometheus. */
export interface Meter {
  verb(sample: VerbSample): void;
  repairs(count: number): void;
  cloudCall(attempt: Pick<ObservedAttempt, 'operation' | 'status' | 'milliseconds'>): void;
  /** The text exposition format, and its content type. */
  expose(): Promise<{ contentType: string; text: string }>;
}

/** What the gauges read at the moment of a scrape. */
export interface MeterSources {
  /** Absent until the store is open. */
  pool(): PoolCounts | undefined;
  vnics(): VnicsReport | undefined;
  /** How many repairs are undone again and again. */
  fights(): number;
  attachments(): number;
  /** Event loop delay since the last call, in seconds. */
  loopDelay(): { p50: number; p99: number; max: number };
}
