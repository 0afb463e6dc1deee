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
const SOL_NETLINK = 270;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const NETLINK_GET_STRICT_CHK = 12;

interface RawNetlinkSocket {
  on(event: 'message', listener: (datagram: Buffer) => void): void;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): void;
  send(data: Buffer, options: object, sent: (error?: NodeJS.ErrnoException) => void): void;
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
  /** As ENOBUFS: announcements or answers were lost. */
  failure(error: NodeJS.ErrnoException): void;
}

export interface Socket {
  /** One sendmsg; `sent` is called in a later turn. One at a time. */
  send(datagram: Buffer, sent: (error?: NodeJS.ErrnoException) => void): void;
  join(group: number): void;
  /** Whether the socket keeps the process running. */
  hold(busy: boolean): void;
  close(): void;
}

/** A throw out of the native callback would abort the process; so it is thrown one turn later. */
function guarded<T>(listener: (value: T) => void): (value: T) => void {
  return (value) => {
    try {
      listener(value);
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
    }
  };
}

function portOf(fd: number): number | undefined {
  const address = new Uint8Array(12);
  const length = Uint8Array.of(12, 0, 0, 0);
  if (libc().getsockname(fd, address, length) !== 0) return undefined;
  const view = new DataView(address.buffer);
  return view.getUint16(0, true) === AF_NETLINK ? view.getUint32(4, true) : undefined;
}

/** The package does not tell its descriptor. A new one is the lowest free number; its port proves it. */
function descriptorOf(port: number, guess: number): number | undefined {
  if (portOf(guess) === port) return guess;
  return readdirSync('/proc/self/fd')
    .map(Number)
    .find((fd) => portOf(fd) === port);
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
}

/** Opens a socket in the namespace of the calling thread, synchronously: also for use inside `inside`. */
export function openSocket(
  protocol: number,
  events: SocketEvents,
  { receiveBytes, only }: SocketOptions,
): Socket {
  const { RawNetlinkSocket } = requireOptional('netlink') as NetlinkPackage;
  const guess = libc().dup(homeDescriptor());
  libc().close(guess);
  // Without privilege the system's limit cuts this; SO_RCVBUFFORCE above then goes beyond it.
  const raw = new RawNetlinkSocket(protocol, { recvBufferSize: receiveBytes });
  raw.on('message', guarded(events.datagram));
  raw.on('error', guarded(events.failure));
  raw.unref();
  const fd = descriptorOf(raw.address().port, guess);
  if (fd !== undefined) setNetlinkOptions(fd, receiveBytes);
  if (fd !== undefined && only !== undefined) keepOnly(fd, only);
  let sending = false;
  let closing = false;
  return {
    send(datagram, sent) {
      sending = true;
      raw.send(datagram, {}, (error) => {
        sending = false;
        if (closing) raw.close();
        guarded(sent)(error);
      });
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
