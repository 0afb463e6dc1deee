import type { HostSettings, NodeFacts } from '@vcn-cni/pod-network';
import type { Locks } from './locks.ts';
import type { AddressSource, Clock, Filter, Kernel, Log, Pool, Store } from './ports.ts';
import type { Registry } from './registry.ts';

/** What the composition root supplies. */
export interface AttachmentDeps {
  kernel: Kernel;
  filter: Filter;
  store: Store;
  pool: Pool;
  /** Absent: the pool has all that it will ever have. */
  source?: AddressSource;
  clock: Clock;
  log: Log;
  /** Read anew for every plan: VNICs and blocks come and go. */
  node: () => NodeFacts;
}

export interface AttachmentSettings {
  host: HostSettings;
  /** How long an ADD waits for an address, in milliseconds. */
  addressWaitMs: number;
  status: {
    /** For how long the pool must have been empty before STATUS tells it, in milliseconds. */
    exhaustedAfterMs: number;
    /** `ready`: exhaustion is no error of STATUS, for a NotReady node loses its pods. */
    exhaustion: 'error' | 'ready';
  };
}

/** What every verb is given. */
export interface Scene extends AttachmentDeps {
  settings: AttachmentSettings;
  registry: Registry;
  locks: Locks;
  health: Health;
  /** Repairs shared host state; calls that meet share a run. */
  repairShared(): Promise<void>;
}

/** What STATUS answers from: memory only. */
export interface Health {
  started: boolean;
  /** Why running pods are cut off, in words; undefined when they are not. */
  degraded: string | undefined;
}
