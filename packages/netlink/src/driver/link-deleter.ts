/** Deleting links without waiting for the kernel, several at once where several are wanted. */
import { randomInt } from 'node:crypto';
import {
  decodeLink,
  encodeGroupDelete,
  encodeLinkDelete,
  encodeLinkDump,
  encodeLinkGet,
  encodeLinkSet,
  RTM_DELLINK,
  RTM_NEWLINK,
} from '../codec/link.ts';
import { decodeMessages, type Message } from '../codec/message.ts';
import type { LinkFact } from '../state.ts';
import { AwaySocket } from './away.ts';
import { missing } from './errno.ts';
import { NETLINK_ROUTE, openSocket, type Socket } from './socket.ts';

export type Deletion = 'deleted' | 'absent' | 'foreign';

/** Deletions in the kernel at a time; each holds a thread of the pool for an RCU barrier. */
const IN_FLIGHT = 2;
const RTNLGRP_LINK = 1;
const RECEIVE_BYTES = 1 << 20;
/** An announcement takes under a millisecond; without one the kernel is asked. */
const READ_BACK_MS = 1000;
/** Above every number that people choose. */
const GROUPS = { from: 0x1000_0000, to: 0x7fff_ffff } as const;

interface Pending {
  index: number;
  /** Absent: whatever it is. */
  alias: string | undefined;
  resolve(outcome: Deletion): void;
  reject(error: Error): void;
}

export class LinkDeleter {
  readonly #within: <T>(body: () => T) => T;
  readonly #waiting: Pending[] = [];
  /** Being deleted, by ifindex: several callers may wait for one link. */
  readonly #pending = new Map<number, Pending[]>();
  readonly #idle: AwaySocket[] = [];
  readonly #sockets = new Set<AwaySocket>();
  #announcements: Socket | undefined;
  #busy = 0;
  #closed = false;

  /** `within` runs its argument in the namespace of the links. */
  constructor(within: <T>(body: () => T) => T) {
    this.#within = within;
  }

  delete(index: number, alias?: string): Promise<Deletion> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('the namespace handle is closed'));
      this.#waiting.push({ index, alias, resolve, reject });
      // One turn later, so that what is asked for in this one goes as one.
      queueMicrotask(() => this.#dispatch());
    });
  }

  close(): void {
    this.#closed = true;
    this.#announcements?.close();
    for (const socket of this.#sockets) socket.close();
    const all = [...this.#waiting, ...[...this.#pending.values()].flat()];
    this.#waiting.length = 0;
    this.#pending.clear();
    for (const { reject } of all) reject(new Error('the namespace handle was closed'));
  }

  #dispatch(): void {
    while (!this.#closed && this.#busy < IN_FLIGHT && this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      this.#busy++;
      void this.#run(batch).finally(() => {
        this.#busy--;
        if (this.#closed) return;
        this.#announcements?.hold(this.#busy > 0);
        this.#dispatch();
      });
    }
  }

  async #run(batch: Pending[]): Promise<void> {
    try {
      this.#listen();
      const socket = this.#socket();
      await this.#delete(await this.#ours(batch, socket), socket);
      this.#idle.push(socket);
    } catch (error) {
      for (const pending of batch) this.#finish(pending.index, (one) => one.reject(error as Error));
      for (const pending of batch) pending.reject(error as Error);
    }
  }

  /** An away socket stays open for the next deletion. */
  #socket(): AwaySocket {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const socket = this.#within(() => new AwaySocket());
    this.#sockets.add(socket);
    return socket;
  }

  /** Answers for what is gone or another's; the rest is known to be ours, and waits for its announcement. */
  async #ours(batch: Pending[], socket: AwaySocket): Promise<number[]> {
    const facts = await readLinks(
      batch.map(({ index }) => index),
      socket,
    );
    const indexes = new Set<number>();
    for (const pending of batch) {
      const fact = facts.get(pending.index);
      if (!fact) pending.resolve('absent');
      else if (pending.alias !== undefined && fact.alias !== pending.alias)
        pending.resolve('foreign');
      else {
        const others = this.#pending.get(pending.index) ?? [];
        // Somebody else's deletion of it is under way: this one waits for the same end.
        if (others.length === 0) indexes.add(pending.index);
        this.#pending.set(pending.index, [...others, pending]);
      }
    }
    return [...indexes];
  }

  async #delete(indexes: number[], socket: AwaySocket): Promise<void> {
    if (indexes.length === 0) return;
    const readBack = setTimeout(() => void this.#readBack(indexes), READ_BACK_MS);
    try {
      const grouped = indexes.length > 1 && (await deleteAsGroup(indexes, socket));
      if (!grouped) await this.#deleteOneByOne(indexes, socket);
      // The acknowledgement is the last word, should the announcement have been lost.
      for (const index of indexes) this.#finish(index, (one) => one.resolve('deleted'));
    } finally {
      clearTimeout(readBack);
    }
  }

  async #deleteOneByOne(indexes: number[], socket: AwaySocket): Promise<void> {
    const { refused } = await socket.exchange(indexes.map(encodeLinkDelete));
    for (const [at, { errno, message }] of refused) {
      if (missing.has(errno)) continue;
      const error = new DeletionError(indexes[at]!, errno, message);
      this.#finish(indexes[at]!, (one) => one.reject(error));
    }
  }

  async #readBack(indexes: number[]): Promise<void> {
    const waiting = indexes.filter((index) => this.#pending.has(index));
    if (waiting.length === 0 || this.#closed) return;
    const socket = this.#within(() => new AwaySocket());
    try {
      const facts = await readLinks(waiting, socket);
      for (const index of waiting) {
        if (!facts.has(index)) this.#finish(index, (one) => one.resolve('deleted'));
      }
    } catch {
      // The acknowledgement still comes.
    } finally {
      socket.close();
    }
  }

  #finish(index: number, end: (pending: Pending) => void): void {
    const waiting = this.#pending.get(index) ?? [];
    this.#pending.delete(index);
    waiting.forEach(end);
  }

  #listen(): void {
    if (!this.#announcements) {
      const datagram = (bytes: Buffer): void => this.#announced(bytes);
      const overrun = (): void => void this.#readBack([...this.#pending.keys()]);
      this.#announcements = this.#within(() =>
        openSocket(
          NETLINK_ROUTE,
          { datagram, overrun },
          { receiveBytes: RECEIVE_BYTES, only: RTM_DELLINK },
        ),
      );
      this.#announcements.join(RTNLGRP_LINK);
    }
    this.#announcements.hold(this.#busy > 0);
  }

  #announced(datagram: Buffer): void {
    for (const { type, body } of decodeMessages(datagram)) {
      if (type === RTM_DELLINK && body[0] === 0) {
        this.#finish(body.readInt32LE(4), (one) => one.resolve('deleted'));
      }
    }
  }
}

/** The kernel would not delete a link. */
export class DeletionError extends Error {
  readonly linkIndex: number;
  readonly errno: number;
  readonly kernelMessage: string | undefined;

  constructor(linkIndex: number, errno: number, kernelMessage?: string) {
    super(
      `deleting the link with index ${linkIndex}: errno ${errno} ${kernelMessage ?? ''}`.trim(),
    );
    this.name = 'DeletionError';
    this.linkIndex = linkIndex;
    this.errno = errno;
    this.kernelMessage = kernelMessage;
  }
}

const factsOf = (messages: Message[]): LinkFact[] =>
  messages.filter(({ type }) => type === RTM_NEWLINK).map(({ body }) => decodeLink(body));

async function readLinks(indexes: number[], socket: AwaySocket): Promise<Map<number, LinkFact>> {
  const { messages } = await socket.exchange(indexes.map(encodeLinkGet));
  return new Map(factsOf(messages).map((fact) => [fact.index, fact]));
}

/**
 * Deletes links as one: for one barrier instead of one each. `false`: it could not be done so.
 * The group is drawn at random and looked at before it is deleted, so that it never takes another's link along.
 */
async function deleteAsGroup(indexes: number[], socket: AwaySocket): Promise<boolean> {
  const group = randomInt(GROUPS.from, GROUPS.to);
  await socket.exchange(indexes.map((index) => encodeLinkSet({ group }, { index })));
  const { messages } = await socket.exchange([encodeLinkDump()]);
  const members = factsOf(messages).filter((fact) => fact.group === group);
  if (members.some(({ index }) => !indexes.includes(index))) return false;
  const { refused } = await socket.exchange([encodeGroupDelete(group)]);
  const answer = refused.get(0);
  return answer === undefined || missing.has(answer.errno);
}
