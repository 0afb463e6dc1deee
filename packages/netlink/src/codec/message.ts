/** Netlink messages: the header, and attributes in native (little endian) byte order. linux/netlink.h */

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;
export const NLM_F_REQUEST = 1;
export const NLM_F_ACK = 4;
/** In a reply: the dump was interrupted by a change and may be inconsistent. */
export const NLM_F_DUMP_INTR = 0x10;
export const NLM_F_DUMP = 0x300;
export const NLM_F_REPLACE = 0x100;
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;

export const HEADER = 16;

/** A request without its header; the connection adds flags and sequence number. */
export interface Request {
  type: number;
  flags: number;
  body: Uint8Array;
}

export interface Message {
  type: number;
  flags: number;
  sequence: number;
  body: Buffer;
}

export const align = (length: number): number => (length + 3) & ~3;

/** The messages of one datagram; a truncated tail is dropped. */
export function decodeMessages(datagram: Buffer): Message[] {
  const messages: Message[] = [];
  let at = 0;
  while (at + HEADER <= datagram.length) {
    const length = datagram.readUInt32LE(at);
    if (length < HEADER || at + length > datagram.length) break;
    messages.push({
      type: datagram.readUInt16LE(at + 4),
      flags: datagram.readUInt16LE(at + 6),
      sequence: datagram.readUInt32LE(at + 8),
      body: datagram.subarray(at + HEADER, at + length),
    });
    at += align(length);
  }
  return messages;
}

/** One datagram of all requests, numbered from `sequence`; the last asks for an acknowledgement. */
export function encodeMessages(requests: readonly Request[], sequence: number): Buffer {
  const size = requests.reduce((sum, { body }) => sum + HEADER + align(body.length), 0);
  const datagram = Buffer.alloc(size);
  let at = 0;
  for (const [index, { type, flags, body }] of requests.entries()) {
    const ack =
      index === requests.length - 1 && (flags & NLM_F_DUMP) !== NLM_F_DUMP ? NLM_F_ACK : 0;
    datagram.writeUInt32LE(HEADER + body.length, at);
    datagram.writeUInt16LE(type, at + 4);
    datagram.writeUInt16LE(flags | NLM_F_REQUEST | ack, at + 6);
    datagram.writeUInt32LE((sequence + index) >>> 0, at + 8);
    datagram.set(body, at + HEADER);
    at += HEADER + align(body.length);
  }
  return datagram;
}
