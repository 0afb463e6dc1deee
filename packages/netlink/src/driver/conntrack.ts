/** Flushing connection tracking entries by address. */
import { type ConntrackEntry, decodeConntrack, encodeConntrackDump } from '../codec/conntrack.ts';
import { canonicalAddress } from '../inet.ts';
import { AwaySocket } from './away.ts';
import { DumpError } from './connection.ts';
import { missing } from './errno.ts';
import { NETLINK_NETFILTER } from './socket.ts';

interface Ask {
  wanted: ReadonlySet<string>;
  resolve(flushed: number): void;
  reject(error: unknown): void;
}

/**
 * Reading the table walks all of its buckets, 10 ms for the 262,144 of an ordinary host: that is done on
 * another thread, once for both families and for all who ask meanwhile.
 */
export class ConntrackFlusher {
  readonly #within: <T>(body: () => T) => T;
  #waiting: Ask[] = [];
  #busy = false;

  /** `within` runs its argument in the namespace of the entries. */
  constructor(within: <T>(body: () => T) => T) {
    this.#within = within;
  }

  /** Deletes every entry with one of the addresses in a tuple; returns how many. */
  flush(addresses: readonly string[]): Promise<number> {
    const wanted = new Set(addresses.map(canonicalAddress));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wanted, resolve, reject });
      if (!this.#busy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const asks = this.#waiting;
      this.#waiting = [];
      try {
        await flushAll(
          this.#within(() => new AwaySocket(NETLINK_NETFILTER)),
          asks,
        );
      } catch (error) {
        for (const { reject } of asks) reject(error);
      }
    }
    this.#busy = false;
  }
}

async function flushAll(socket: AwaySocket, asks: readonly Ask[]): Promise<void> {
  try {
    const { refused, messages } = await socket.exchange([encodeConntrackDump()]);
    for (const answer of refused.values()) throw new DumpError(answer);
    const entries = messages.map(({ body }) => decodeConntrack(body));
    const holds = ({ wanted }: Ask, { addresses }: ConntrackEntry) =>
      addresses.some((address) => wanted.has(address));
    const ours = entries.filter((entry) => asks.some((ask) => holds(ask, entry)));
    await remove(socket, ours);
    for (const ask of asks) ask.resolve(ours.filter((entry) => holds(ask, entry)).length);
  } finally {
    socket.close();
  }
}

async function remove(socket: AwaySocket, entries: readonly ConntrackEntry[]): Promise<void> {
  for (const { remove: request } of entries) {
    const { refused } = await socket.exchange([request]);
    for (const answer of refused.values()) {
      // An entry may have ended by itself in the meantime.
      if (!missing.has(answer.errno)) throw new DumpError(answer);
    }
  }
}
