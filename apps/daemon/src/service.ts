import type { Attachments, ReconcileOptions, ReconcileReport } from '@vcn-cni/attachment';
import type { PoolCounts } from '@vcn-cni/ipam';
import type { AddressHistory } from './address-history.ts';
import type { NodeReading } from './trace/read-node.ts';
import type { VnicsReport } from './vnics-report.ts';

/** What the daemon serves and keeps right: the attachments of one node, and what they stand on. */
export interface Service extends AsyncDisposable {
  attachments: Attachments;
  /** Makes the kernel as planned; nothing, as long as the source of addresses has told nothing. */
  reconcile(options?: ReconcileOptions): Promise<ReconcileReport>;
  /** What that would do; undefined as long as the source of addresses has told nothing. */
  changes(): Promise<ReconcileReport | undefined>;
  /** To be called once, when recovery is done: the source of addresses begins. */
  start(): void;
  poolCounts(): PoolCounts;
  /** What may wait until executions are served. */
  tidy(): Promise<void>;
  /** The store was of another boot: what was spooled is about containers that are gone. */
  otherBoot: boolean;
  /** Calls back when others changed something of ours (`drift`), or when there is more or less of ours to make. */
  watch(changed: (why: 'drift' | 'plan') => void): Disposable;
  vnics(): VnicsReport;
  /** Who had an address; undefined if the text is none. */
  history(address: string): AddressHistory | undefined;
  /** All that decides what becomes of a packet here; of these pods the packet filter too. */
  read(rulesOf: ReadonlySet<string>): Promise<NodeReading>;
  /** What an operator wants to see of the node. */
  node(): Record<string, unknown>;
}
