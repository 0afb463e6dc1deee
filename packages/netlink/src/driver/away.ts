/** Requests whose sender the kernel makes wait, from a thread of the pool: the caller's goes on. */
import { type Acknowledgement, decodeAcknowledgement } from '../codec/acknowledgement.ts';
import {
  decodeMessages,
  encodeMessages,
  type Message,
  NLM_F_DUMP,
  NLMSG_DONE,
  NLMSG_ERROR,
  type Request,
} from '../codec/message.ts';
import { libc } from './libc.ts';
import { NETLINK_ROUTE, setNetlinkOptions } from './socket.ts';

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0x80000;
const RECEIVE_BYTES = 1 << 20;
const DATAGRAM_BYTES = 1 << 16;

export interface AwayExchange {
  refused: Map<number, Acknowledgement>;
  messages: Message[];
}

/** A socket of its own, in the namespace of the thread that makes it. One exchange at a time. */
export class AwaySocket {
  readonly #fd: number;
  #sequence = 1;
  #busy = false;
  #closing = false;

  constructor(protocol: number = NETLINK_ROUTE) {
    this.#fd = libc().socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
    if (this.#fd < 0) throw new Error(`cannot open a netlink socket: errno ${libc().errno()}`);
    setNetlinkOptions(this.#fd, RECEIVE_BYTES);
  }

  async exchange(requests: readonly Request[]): Promise<AwayExchange> {
    const first = this.#sequence;
    this.#sequence = (first + requests.length) & 0x3fff_ffff || 1;
    this.#busy = true;
    try {
      const datagram = encodeMessages(requests, first);
      const sent = await libc().sendAway(this.#fd, datagram, 0);
      if (sent !== datagram.length) throw new Error('a netlink send from the thread pool failed');
      return await this.#answers(requests, first);
    } finally {
      this.#busy = false;
      if (this.#closing) libc().close(this.#fd);
    }
  }

  async #answers(requests: readonly Request[], first: number): Promise<AwayExchange> {
    const last = requests.length - 1;
    const dump = ((requests[last]?.flags ?? 0) & NLM_F_DUMP) === NLM_F_DUMP;
    const exchange: AwayExchange = { refused: new Map(), messages: [] };
    const buffer = Buffer.alloc(DATAGRAM_BYTES);
    for (;;) {
      // All answers are there when the send returns; but reading on makes the kernel go on with a dump, under its lock.
      const length = dump
        ? await libc().recvAway(this.#fd, buffer, 0)
        : libc().recv(this.#fd, buffer, buffer.length, 0);
      if (length < 0) throw new Error('answers from the kernel were lost');
      for (const message of decodeMessages(Buffer.from(buffer.subarray(0, length)))) {
        const index = message.sequence - first;
        if (index < 0 || index > last) continue;
        if (message.type !== NLMSG_ERROR && message.type !== NLMSG_DONE) {
          exchange.messages.push(message);
          continue;
        }
        const answer = decodeAcknowledgement(message);
        if (answer.errno > 0) exchange.refused.set(index, answer);
        if (index === last) return exchange;
      }
    }
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    // A thread may be in the kernel with this descriptor: its number must not become another file's.
    if (!this.#busy) libc().close(this.#fd);
  }
}
