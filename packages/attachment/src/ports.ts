/** What the five verbs need of the world. Drivers satisfy these by shape. */
import type { AddressAsk, AttachmentKey, CoolingAddress, Lease } from '@vcn-cni/ipam';
import type { ActualState, Operation, SnapshotScope } from '@vcn-cni/netlink';
import type { AttachmentRecord } from './record.ts';

/** One network namespace. Nothing of a pod's namespace is held after `close`. */
export interface Namespace {
  /** `device:inode`, whatever the path. */
  readonly identity: string;
  /** Applies in order; rejects with an error that has `code` (errno name) and `operation`. */
  apply(
    operations: readonly Operation[],
    options?: { namespaces?: Record<string, Namespace> },
  ): Promise<{ created: Record<string, { index: number; peerIndex?: number }> }>;
  snapshot(scope?: SnapshotScope): Promise<ActualState>;
  close(): void;
}

export interface HostNamespace extends Namespace {
  /** Deletes links whose alias matches; answers when they are gone from both namespaces. */
  deleteLinks(
    links: readonly { index: number; alias: string }[],
  ): Promise<('deleted' | 'absent' | 'foreign')[]>;
  flushConntrack(addresses: readonly string[]): Promise<number>;
}

export interface Kernel {
  host: HostNamespace;
  /**
   * Opens a pod's namespace, through the caller's root where the path is not visible here. Throws an
   * error with `reason`: 'missing', 'not-a-namespace' or 'denied'.
   */
  open(path: string, callerPid?: number): Namespace;
}

/** The packet filter of the host: one backend, whole. */
export interface Filter {
  /** What differs from the wanted state, in words; empty when nothing does. */
  differences(): Promise<string[]>;
  apply(): Promise<void>;
}

export interface Store {
  readonly origin: 'existing' | 'created' | 'other-boot' | 'quarantined';
  /** Milliseconds of CLOCK_BOOTTIME at which an unreadable store was replaced; kept across openings. */
  readonly quarantinedAt?: number;
  /** `detail` as it was given. */
  records(): (Omit<AttachmentRecord, 'detail'> & { detail: unknown })[];
  cooling(): CoolingAddress[];
  /** Durable when it returns, as the two below. */
  intend(record: AttachmentRecord): void;
  attached(key: AttachmentKey, detail: unknown): void;
  removed(key: AttachmentKey, cooling: CoolingAddress[]): void;
}

export interface Pool {
  /** Rejects with an error that has `reason`. */
  acquire(ask: AddressAsk, options: { signal: AbortSignal; waitMs: number }): Promise<Lease>;
  /** To cooldown. */
  release(key: AttachmentKey): CoolingAddress[];
  /** Never reached the kernel: straight back. */
  abandon(key: AttachmentKey): void;
  restore(leases: Lease[], cooling: CoolingAddress[]): void;
  /** The store was lost: every free address cools, from then on or from now. */
  quarantine(since?: number): void;
  /** `exhaustedSince`: milliseconds of CLOCK_BOOTTIME since which no address is free. */
  counts(): { exhaustedSince?: number };
}

/** Where the pool has its addresses from. */
export interface AddressSource {
  /** Why no pod can have one, in words; undefined if that depends on the pool alone. */
  missing(): string | undefined;
  /** How many attachments have an address that is no longer carried to this node. */
  stranded(): number;
  /** More are under way: a pool without a free address is a growing one. */
  growing(): boolean;
}

export interface Clock {
  /** CLOCK_BOOTTIME in nanoseconds. */
  bootTime(): bigint;
}

export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}
