/** Requests and their answers over one socket, one exchange at a time, in the order of the calls. */
import { type Acknowledgement, decodeAcknowledgement } from '../codec/acknowledgement.ts';
import {
  decodeMessages,
  encodeMessages,
  type Message,
  NLM_F_DUMP_INTR,
  NLMSG_DONE,
  NLMSG_ERROR,
  type Request,
} from '../codec/message.ts';
import { openSocket, type Socket } from './socket.ts';

/** Messages in one send: their refusals must fit the receive buffer, themselves the send buffer. */
const CHUNK = 128;
const RECEIVE_BYTES = 1 << 20;
/** A namespace under steady change interrupts dumps; this often in a row is something else. */
const DUMP_ATTEMPTS = 8;

export interface Exchange {
  /** What the kernel refused, by position of the request. */
  refused: Map<number, Acknowledgement>;
  /** Data that it answered, by position of the request. */
  replies: Map<number, Message>;
}

interface Job {
  requests: readonly Request[];
  dump: boolean;
  first: number;
  sent: boolean;
  answered: boolean;
  interrupted: boolean;
  refused: Map<number, Acknowledgement>;
  messages: Message[];
  resolve(job: Job): void;
  reject(error: Error): void;
}

export class Connection {
  readonly #open: (open: () => Socket) => Socket;
  readonly #protocol: number;
  readonly #waiting: Job[] = [];
  #socket: Socket | undefined;
  #job: Job | undefined;
  #sequence = 1;
  #closed = false;

  /** `open` runs its argument inside the namespace that the socket shall be in. */
  constructor(protocol: number, open: (open: () => Socket) => Socket) {
    this.#protocol = protocol;
    this.#open = open;
  }

  /** Sends all requests (in as few sends as fit) and resolves when the kernel has done with them. */
  async exchange(requests: readonly Request[]): Promise<Exchange> {
    const refused: Exchange['refused'] = new Map();
    const replies: Exchange['replies'] = new Map();
    for (let at = 0; at < requests.length; at += CHUNK) {
      const job = await this.#run(requests.slice(at, at + CHUNK), false);
      for (const [index, answer] of job.refused) refused.set(at + index, answer);
      for (const message of job.messages) replies.set(at + message.sequence - job.first, message);
    }
    return { refused, replies };
  }

  /**
   * All messages of one dump; one that was interrupted by a change, or overran, is begun again.
   * @throws Acknowledgement-like error with `errno` where the kernel refuses the dump
   */
  async dump(request: Request): Promise<Message[]> {
    for (let attempt = 1; attempt <= DUMP_ATTEMPTS; attempt++) {
      const job = await this.#run([request], true);
      const refused = job.refused.get(0);
      if (refused) throw new DumpError(refused);
      if (!job.interrupted) return job.messages;
    }
    throw new Error(`${DUMP_ATTEMPTS} dumps in a row were interrupted by changes: give it up`);
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
    this.#socket = undefined;
    this.#abandon(new Error('the namespace handle was closed'));
  }

  #abandon(error: Error): void {
    const jobs = this.#job ? [this.#job, ...this.#waiting] : [...this.#waiting];
    this.#job = undefined;
    this.#waiting.length = 0;
    for (const job of jobs) job.reject(error);
  }

  #run(requests: readonly Request[], dump: boolean): Promise<Job> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('the namespace handle is closed'));
      const job: Job = {
        requests,
        dump,
        first: 0,
        sent: false,
        answered: false,
        interrupted: false,
        refused: new Map(),
        messages: [],
        resolve,
        reject,
      };
      this.#waiting.push(job);
      if (!this.#job) this.#next();
    });
  }

  #next(): void {
    const job = this.#waiting.shift();
    this.#job = job;
    if (!job) {
      this.#socket?.hold(false);
      return;
    }
    try {
      const socket = this.#ready();
      job.first = this.#sequence;
      this.#sequence = (this.#sequence + job.requests.length) & 0x3fff_ffff || 1;
      socket.send(encodeMessages(job.requests, job.first), (error) => {
        job.sent = true;
        if (error) this.#fail(job, error);
        else this.#settle(job);
      });
    } catch (error) {
      this.#fail(job, error as Error);
    }
  }

  #ready(): Socket {
    this.#socket ??= this.#open(() =>
      openSocket(
        this.#protocol,
        { datagram: (datagram) => this.#receive(datagram), overrun: () => this.#overrun() },
        { receiveBytes: RECEIVE_BYTES },
      ),
    );
    this.#socket.hold(true);
    return this.#socket;
  }

  #receive(datagram: Buffer): void {
    for (const message of decodeMessages(datagram)) {
      const job = this.#job;
      if (!job) return;
      const index = message.sequence - job.first;
      if (index >= 0 && index < job.requests.length) this.#take(job, index, message);
    }
  }

  #take(job: Job, index: number, message: Message): void {
    if (message.flags & NLM_F_DUMP_INTR && job.dump) job.interrupted = true;
    if (message.type === NLMSG_ERROR || message.type === NLMSG_DONE) {
      const answer = decodeAcknowledgement(message);
      // The end of a dump carries its result in the same place.
      if (answer.errno > 0) job.refused.set(index, answer);
      if (index === job.requests.length - 1) job.answered = true;
      this.#settle(job);
    } else {
      job.messages.push(message);
    }
  }

  #overrun(): void {
    const job = this.#job;
    if (!job) return;
    // The kernel goes on with a dump as it is read, up to its end; an exchange may have lost its last answer.
    if (job.dump) job.interrupted = true;
    else this.#fail(job, new Error('answers from the kernel were lost (receive buffer full)'));
  }

  #settle(job: Job): void {
    if (this.#job !== job || !job.sent || !job.answered) return;
    this.#next();
    job.resolve(job);
  }

  #fail(job: Job, error: Error): void {
    if (this.#job !== job) return;
    this.#next();
    job.reject(error);
  }
}

/** The kernel refused a dump as a whole. */
export class DumpError extends Error {
  readonly errno: number;

  constructor({ errno, message }: Acknowledgement) {
    super(message ?? `errno ${errno}`);
    this.name = 'DumpError';
    this.errno = errno;
  }
}
