/** A network namespace of the kernel. */
import { randomInt } from 'node:crypto';
import { constants } from 'node:os';
import type { Change } from '../change.ts';
import { checkLink } from '../check-link.ts';
import { decodeLink, encodeLinkGet, type LinkPlacement } from '../codec/link.ts';
import type { Applied, ApplyOptions, Namespace, SnapshotScope } from '../namespace.ts';
import type { ActualState, LinkFact, LinkSpec, Operation } from '../state.ts';
import { runBatch } from './batch.ts';
import { Connection } from './connection.ts';
import { ConntrackFlusher } from './conntrack.ts';
import type { BatchOperation } from './encode-operation.ts';
import { NetlinkError } from './error.ts';
import { type Deletion, DeletionError, LinkDeleter } from './link-deleter.ts';
import { LinkIndexes } from './link-indexes.ts';
import { runAt } from './operation-run.ts';
import { openPeerWatcher } from './peer-watcher.ts';
import { readState } from './snapshot.ts';
import { NETLINK_ROUTE } from './socket.ts';
import { readSysctls, writeSysctl } from './sysctl.ts';
import { openTableWatcher, type TableChange } from './table-watcher.ts';
import { openWatcher } from './watcher.ts';

/** Far above the indexes that the kernel counts up by itself, so that a chosen one is free. */
const FIRST_INDEX = { from: 1 << 24, to: 1 << 29 } as const;

export interface NamespaceParts {
  identity: string;
  /** Runs its argument, synchronously, in the namespace. */
  within: <T>(body: () => T) => T;
  /** For IFLA_NET_NS_FD; a pod's is closed by `release`. */
  descriptor: number;
  release(): void;
  /** Long dumps go by a socket of their own, so that a pod being added never waits for one. */
  separateReads: boolean;
}

export class KernelNamespace implements Namespace {
  readonly identity: string;
  readonly descriptor: number;
  readonly indexes = new LinkIndexes();
  readonly #parts: NamespaceParts;
  /** The descriptor's number may be another file's once it was given back. */
  readonly #within: NamespaceParts['within'] = (body) => {
    if (this.#closed) throw new Error('the namespace handle is closed');
    return this.#parts.within(body);
  };
  readonly #requests: Connection;
  readonly #reads: Connection;
  readonly #watchers = new Set<Disposable>();
  readonly #conntrack = new ConntrackFlusher(this.#within);
  #deleter: LinkDeleter | undefined;
  #nextIndex: number | undefined;
  #closed = false;

  constructor(parts: NamespaceParts) {
    this.#parts = parts;
    this.identity = parts.identity;
    this.descriptor = parts.descriptor;
    this.#requests = new Connection(NETLINK_ROUTE, this.#within);
    this.#reads = parts.separateReads
      ? new Connection(NETLINK_ROUTE, this.#within)
      : this.#requests;
  }

  async apply(operations: readonly Operation[], options: ApplyOptions = {}): Promise<Applied> {
    const applied: Applied = { created: {}, unsupported: [] };
    let at = 0;
    while (at < operations.length) {
      options.signal?.throwIfAborted();
      const run = runAt(operations, at);
      if (run.kind === 'sysctl') this.#writeSysctls(operations, at, run.end);
      else if (run.kind === 'delete') await this.#delete(operations, at, run.end);
      else await this.#batch(operations, at, run.end, options.namespaces ?? {}, applied);
      at = run.end;
    }
    return applied;
  }

  async snapshot(scope: SnapshotScope = {}): Promise<ActualState> {
    const state = await readState(this.#reads, scope);
    const names = scope.sysctls ?? [];
    if (names.length === 0) return state;
    return { ...state, sysctls: this.#within(() => readSysctls(names)) };
  }

  async deleteLinks(links: readonly { index: number; alias: string }[]): Promise<Deletion[]> {
    return Promise.all(links.map(({ index, alias }) => this.#links().delete(index, alias)));
  }

  flushConntrack(addresses: readonly string[]): Promise<number> {
    return this.#conntrack.flush(addresses);
  }

  watch(listener: (change: Change) => void): Disposable {
    const watcher = this.#within(() => openWatcher(listener));
    this.#watchers.add(watcher);
    // Only for the names in later changes: those that announce themselves need no help.
    void this.snapshot({ tables: [], ruleProtocol: false }).then(
      ({ links }) => {
        for (const { index, name } of links) watcher.learn(index, name);
      },
      () => {},
    );
    return this.#untilDisposed(watcher);
  }

  /**
   * Announces links of other namespaces whose peer is here, each time one of them changes: a pod's interface
   * that gets another MAC says nothing in the namespace of its host end. `peerIndex` is as that namespace tells
   * it, and so may be made up there: look before believing.
   */
  watchPeers(listener: (link: LinkFact) => void): Disposable {
    const watcher = this.#within(() => openPeerWatcher(listener));
    this.#watchers.add(watcher);
    return this.#untilDisposed(watcher);
  }

  /** Announces changes of nftables tables, those that iptables keeps there too. The legacy backend of iptables says nothing. */
  watchTables(listener: (change: TableChange) => void): Disposable {
    const watcher = this.#within(() => openTableWatcher(listener));
    this.#watchers.add(watcher);
    return this.#untilDisposed(watcher);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#requests.close();
    this.#reads.close();
    this.#deleter?.close();
    for (const watcher of this.#watchers) watcher[Symbol.dispose]();
    this.#parts.release();
  }

  #untilDisposed(watcher: Disposable): Disposable {
    return {
      [Symbol.dispose]: () => {
        this.#watchers.delete(watcher);
        watcher[Symbol.dispose]();
      },
    };
  }

  #links(): LinkDeleter {
    this.#deleter ??= this.#within(() => new LinkDeleter(this.#within));
    return this.#deleter;
  }

  #takeIndexes(): { index: number; peerIndex: number } {
    this.#nextIndex ??= randomInt(FIRST_INDEX.from, FIRST_INDEX.to);
    const index = this.#nextIndex;
    // Two: a peer with the index of its other end would look like a link without a peer.
    this.#nextIndex = index + 2;
    return { index, peerIndex: index + 1 };
  }

  async #batch(
    operations: readonly Operation[],
    from: number,
    end: number,
    namespaces: Record<string, Namespace>,
    applied: Applied,
  ): Promise<void> {
    const batch = operations.slice(from, end) as BatchOperation[];
    for (const operation of batch) {
      if (operation.op === 'link.create') checkLink(operation.link);
    }
    const place = (link: LinkSpec, parentIndex: number | undefined): LinkPlacement => ({
      ...this.#takeIndexes(),
      ...(parentIndex === undefined ? {} : { parentIndex }),
      ...peerPlacement(link, namespaces),
    });
    const redraw = (): void => {
      this.#nextIndex = undefined;
    };
    const result = await runBatch(batch, {
      connection: this.#requests,
      indexes: this.indexes,
      place,
      redraw,
    });
    for (const operation of batch) {
      if (operation.op !== 'link.create') continue;
      const { name, peer } = operation.link;
      const placed = result.created.get(name);
      if (!placed) continue;
      const { index, peerIndex } = placed;
      applied.created[name] = peer ? { index, peerIndex } : { index };
      if (peer) this.#peerNamespace(peer.namespace, namespaces).indexes.set(peer.name, peerIndex);
    }
    applied.unsupported.push(...result.unsupported.map((at) => from + at));
    const first = Math.min(...result.refused.keys());
    const refusal = result.refused.get(first);
    if (refusal) {
      throw new NetlinkError({
        errno: refusal.errno,
        operation: batch[first]!,
        index: from + first,
        done: from + first,
        ...(refusal.message === undefined ? {} : { kernelMessage: refusal.message }),
      });
    }
  }

  #peerNamespace(name: string | undefined, namespaces: Record<string, Namespace>): KernelNamespace {
    return name === undefined ? this : kernelNamespace(name, namespaces);
  }

  #writeSysctls(operations: readonly Operation[], from: number, end: number): void {
    this.#within(() => {
      for (let at = from; at < end; at++) {
        const operation = operations[at]!;
        if (operation.op !== 'sysctl.set') continue;
        try {
          writeSysctl(operation.sysctl);
        } catch (cause) {
          throw sysctlError(operation, at, cause);
        }
      }
    });
  }

  async #delete(operations: readonly Operation[], from: number, end: number): Promise<void> {
    const run = operations.slice(from, end).filter(({ op }) => op === 'link.delete') as Extract<
      Operation,
      { op: 'link.delete' }
    >[];
    const outcomes = await Promise.allSettled(run.map((operation) => this.#deleteLink(operation)));
    for (const [at, outcome] of outcomes.entries()) {
      const failure = { operation: run[at]!, index: from + at, done: from + at };
      if (outcome.status === 'rejected') {
        const { reason } = outcome;
        if (!(reason instanceof DeletionError)) throw reason;
        const { errno, kernelMessage } = reason;
        throw new NetlinkError({ ...failure, errno, ...(kernelMessage ? { kernelMessage } : {}) });
      }
      if (outcome.value === 'foreign') {
        const kernelMessage = 'the link has another alias than expected: it is not touched';
        throw new NetlinkError({ ...failure, errno: constants.errno.EPERM, kernelMessage });
      }
    }
  }

  async #deleteLink(operation: Extract<Operation, { op: 'link.delete' }>): Promise<Deletion> {
    this.indexes.forget(operation.name);
    const index = operation.index ?? (await this.#indexOf(operation.name));
    return index === undefined ? 'absent' : this.#links().delete(index, operation.alias);
  }

  async #indexOf(name: string): Promise<number | undefined> {
    const { replies } = await this.#requests.exchange([encodeLinkGet(name)]);
    const reply = replies.get(0);
    return reply && decodeLink(reply.body).index;
  }
}

function kernelNamespace(name: string, namespaces: Record<string, Namespace>): KernelNamespace {
  const found = namespaces[name];
  if (found instanceof KernelNamespace) return found;
  throw new TypeError(
    `link.peer.namespace: "${name}" is not among the namespaces given to apply (${Object.keys(namespaces).join(', ') || 'none'})`,
  );
}

function peerPlacement(
  link: LinkSpec,
  namespaces: Record<string, Namespace>,
): { peerNamespace?: number } {
  const name = link.peer?.namespace;
  if (name === undefined) return {};
  return { peerNamespace: kernelNamespace(name, namespaces).descriptor };
}

function sysctlError(operation: Operation, at: number, cause: unknown): unknown {
  const errno = (cause as NodeJS.ErrnoException).errno;
  if (typeof errno !== 'number') return cause;
  return new NetlinkError({ errno: -errno, operation, index: at, done: at }, { cause });
}
