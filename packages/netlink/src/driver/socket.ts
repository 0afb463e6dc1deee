/** The one file that imports the npm package `netlink`: a raw socket with everything it gets wrong put right. */
import { readdirSync } from 'node:fs';
import { homeDescriptor } from './enter.ts';
import { libc } from './libc.ts';
import { requireOptional } from './optional.ts';

export const NETLINK_ROUTE = 0;
export const NETLINK_NETFILTER = 12;

const AF_NETLINK = 16;
const SOL_SOCKET = 1;
const SO_RCVBUFFORCE = 33;
const SO_MEMINFO = 55;
/** Position of SK_MEMINFO_DROPS among the words of SO_MEMINFO. */
const DROPS = 8;
const SOL_NETLINK = 270;
const NETLINK_NO_ENOBUFS = 5;
const NETLINK_LISTEN_ALL_NSID = 8;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const NETLINK_GET_STRICT_CHK = 12;

interface RawNetlinkSocket {
  on(event: 'message', listener: (datagram: Buffer) => void): void;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): void;
  address(): { port: number };
  addMembership(group: number): void;
  ref(): void;
  unref(): void;
  close(): void;
}

interface NetlinkPackage {
  RawNetlinkSocket: new (protocol: number, options: object) => RawNetlinkSocket;
}

export interface SocketEvents {
  datagram(datagram: Buffer): void;
  /** The receive buffer was full: announcements or answers were lost. */
  overrun(): void;
}

export interface Socket {
  /** One send, from a thread of the pool; `sent` is called in a later turn. One at a time. */
  send(datagram: Buffer, sent: (error?: Error) => void): void;
  join(group: number): void;
  /** Whether the socket keeps the process running. */
  hold(busy: boolean): void;
  close(): void;
}

/**
 * Calls put off to the check phase of the same turn of the event loop. Inside the package's native callbacks
 * a throw, or closing a socket, aborts the process; out here they are an ordinary exception and a close.
 */
class Deferred {
  readonly #calls: (() => void)[] = [];
  #scheduled = false;

  add(call: () => void): void {
    this.#calls.push(call);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#run();
    });
  }

  #run(): void {
    const calls = this.#calls.splice(0);
    try {
      for (let call = calls.shift(); call; call = calls.shift()) call();
    } finally {
      // Something threw: the others still get their turn.
      if (calls.length > 0) {
        this.#calls.unshift(...calls);
        this.#schedule();
      }
    }
  }
}

function portOf(fd: number): number | undefined {
  const address = new Uint8Array(12);
  const length = Uint8Array.of(12, 0, 0, 0);
  if (libc().getsockname(fd, address, length) !== 0) return undefined;
  const view = new DataView(address.buffer);
  return view.getUint16(0, true) === AF_NETLINK ? view.getUint32(4, true) : undefined;
}

/** The package does not tell its descriptor. A new one is the lowest free number; its port proves it. */
function descriptorOf(port: number, guess: number): number {
  if (portOf(guess) === port) return guess;
  const found = readdirSync('/proc/self/fd')
    .map(Number)
    .find((fd) => portOf(fd) === port);
  if (found === undefined)
    throw new Error(`the descriptor of netlink port ${port} cannot be found`);
  return found;
}

/** How many messages the kernel had no room for. */
function dropsOf(fd: number): number {
  const words = new Uint32Array(16);
  const length = Uint8Array.of(4 * words.length, 0, 0, 0);
  libc().getsockopt(fd, SOL_SOCKET, SO_MEMINFO, new Uint8Array(words.buffer), length);
  return words[DROPS]!;
}

const on = Uint8Array.of(1, 0, 0, 0);

/** The kernel's own words in errors, requests not echoed, dumps filtered by the kernel, room for bursts. */
export function setNetlinkOptions(fd: number, receiveBytes: number): void {
  for (const option of [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK]) {
    // Older kernels lack one or the other: then errors are numbers, and filtering is done here.
    libc().setsockopt(fd, SOL_NETLINK, option, on, 4);
  }
  const size = new Uint8Array(Uint32Array.of(receiveBytes).buffer);
  libc().setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4);
}

/**
 * Lets only datagrams whose first message has that type reach the socket; the kernel drops the others, which
 * then wake nobody. Classic BPF reads in network order, the header is in the machine's.
 */
function keepOnly(fd: number, type: number): void {
  const swapped = ((type & 0xff) << 8) | (type >> 8);
  const program = [
    [0x28, 0, 0, 4], // load the half word at 4: nlmsg_type
    [0x15, 0, 1, swapped], // equal: go on; else skip one
    [0x06, 0, 0, 0xffff_ffff], // take it whole
    [0x06, 0, 0, 0], // drop it
  ] as const;
  const instructions = Buffer.alloc(8 * program.length);
  for (const [at, [code, yes, no, value]] of program.entries()) {
    instructions.writeUInt16LE(code, 8 * at);
    instructions[8 * at + 2] = yes;
    instructions[8 * at + 3] = no;
    instructions.writeUInt32LE(value, 8 * at + 4);
  }
  libc().attachFilter(fd, instructions);
}

export interface SocketOptions {
  receiveBytes: number;
  /** Only announcements whose first message is of this type. Without a filter in the kernel, all. */
  only?: number;
  /** Also what other namespaces announce that have an id in this one, as those of veth peers do. */
  allNamespaces?: boolean;
}

/** Opens a socket in the namespace of the calling thread, synchronously: also for use inside `inside`. */
export function openSocket(
  protocol: number,
  events: SocketEvents,
  { receiveBytes, only, allNamespaces }: SocketOptions,
): Socket {
  const { RawNetlinkSocket } = requireOptional('netlink') as NetlinkPackage;
  const guess = libc().dup(homeDescriptor());
  libc().close(guess);
  // Without privilege the system's limit cuts this; SO_RCVBUFFORCE above then goes beyond it.
  const raw = new RawNetlinkSocket(protocol, { recvBufferSize: receiveBytes });
  const fd = descriptorOf(raw.address().port, guess);
  setNetlinkOptions(fd, receiveBytes);
  // The package aborts the process at the first ENOBUFS (it makes a string of a null pointer): overruns are
  // read off the socket's count of drops instead. Where one happens, there is always a datagram to read.
  libc().setsockopt(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, on, 4);
  if (only !== undefined) keepOnly(fd, only);
  if (allNamespaces) libc().setsockopt(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, on, 4);
  const deferred = new Deferred();
  let drops = 0;
  const deliver = (datagram: Buffer): void => {
    if (closing) return;
    // Before the datagram: who starts something new in it shall not be told of what was lost before.
    const now = dropsOf(fd);
    if (now !== drops) {
      drops = now;
      events.overrun();
    }
    events.datagram(datagram);
  };
  raw.on('message', (datagram) => deferred.add(() => deliver(datagram)));
  raw.on('error', () => deferred.add(() => events.overrun()));
  raw.unref();
  let sending = false;
  let closing = false;
  return {
    send(datagram, sent) {
      sending = true;
      const done = (length: number) => {
        sending = false;
        if (closing) raw.close();
        sent(length === datagram.length ? undefined : new Error('the kernel took no request'));
      };
      // The kernel does the work of a request within the send, and may have to wait for its lock there.
      void libc().sendAway(fd, datagram, 0).then(done);
    },
    join: (group) => raw.addMembership(group),
    hold: (busy) => (busy ? raw.ref() : raw.unref()),
    close() {
      if (closing) return;
      closing = true;
      // Closed under a send, the package would go on with a watcher that is no more.
      if (!sending) raw.close();
    },
  };
}
