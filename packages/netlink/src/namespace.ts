/** The shape that the kernel's driver and the fake share. */
import type { Change } from './change.ts';
import type { ActualState, Operation } from './state.ts';

/** What a snapshot reads. An absent field means "all" (sysctls: none); an empty list means "none". */
export interface SnapshotScope {
  /** Names or indexes. Addresses, neighbours and routes are then those of these links only (routes: or of `tables`). */
  links?: readonly (string | number)[];
  /** Routing tables by number, whole. */
  tables?: readonly number[];
  /** Rules with this protocol only; `false`: no rules. */
  ruleProtocol?: number | false;
  /** Names as in `SysctlSpec`; a name that does not exist is left out of the answer. */
  sysctls?: readonly string[];
  /** Also neighbours that the kernel learned by itself. Default: permanent ones only. */
  learnedNeighbours?: boolean;
}

export interface Applied {
  /** The links made, by name: ifindex here, and of the peer in its namespace. */
  created: Record<string, { index: number; peerIndex?: number }>;
  /** Positions of operations whose GSO and GRO limits this kernel does not know; all else in them was done. */
  unsupported: number[];
}

export interface ApplyOptions {
  /** By the names that `VethPeer.namespace` uses. */
  namespaces?: Record<string, Namespace>;
  /** Looked at between exchanges; what the kernel was already asked is done. */
  signal?: AbortSignal;
}

/** A handle on one network namespace: at most one descriptor, and sockets opened on demand. */
export interface Namespace {
  /** `device:inode` of the namespace. */
  readonly identity: string;
  /**
   * Does the operations in their order, many messages in one send.
   * @throws NetlinkError at the first operation that the kernel refused
   */
  apply(operations: readonly Operation[], options?: ApplyOptions): Promise<Applied>;
  snapshot(scope?: SnapshotScope): Promise<ActualState>;
  /**
   * Deletes links whose ifindex *and* alias are as given, off the main thread; answers when the kernel
   * announces that each is gone. `foreign`: the index is another link's now, or the alias differs: untouched.
   */
  deleteLinks(
    links: readonly { index: number; alias: string }[],
  ): Promise<('deleted' | 'absent' | 'foreign')[]>;
  /** Deletes connection tracking entries that hold one of the addresses; returns how many. */
  flushConntrack(addresses: readonly string[]): Promise<number>;
  /** Announces changes from now on, until disposed of. */
  watch(listener: (change: Change) => void): Disposable;
  /** Gives back the descriptor and every socket; calls in flight are rejected. */
  close(): void;
}
