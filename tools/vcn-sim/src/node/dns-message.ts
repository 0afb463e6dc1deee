/** What of RFC 1035 a resolver needs that knows a few names. */

export interface Question {
  id: number;
  /** Lower case, without the final dot. */
  name: string;
  type: number;
  /** Name, type and class as they came. */
  bytes: Buffer;
}

export const recordType = { A: 1, AAAA: 28 } as const;

const headerLength = 12;
const internetClass = 1;
const lifetime = 30;

/** The only question of a query; undefined: it is none. */
export function readQuery(message: Buffer): Question | undefined {
  if (message.length < headerLength || message.readUInt16BE(4) !== 1) return undefined;
  const isResponse = (message.readUInt8(2) & 0x80) !== 0;
  const labels: string[] = [];
  let at = headerLength;
  for (;;) {
    const length = message[at];
    if (isResponse || length === undefined || length > 63) return undefined;
    at += 1;
    if (length === 0) break;
    labels.push(message.toString('latin1', at, at + length).toLowerCase());
    at += length;
  }
  if (at + 4 > message.length) return undefined;
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.'),
    type: message.readUInt16BE(at),
    bytes: message.subarray(headerLength, at + 4),
  };
}

/** An answer with these addresses; undefined: there is no such name. */
export function writeAnswer(question: Question, addresses: readonly Buffer[] | undefined): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(question.id, 0);
  // A response, recursion asked for and there; code 3 is "no such name".
  header.writeUInt16BE(0x8180 | (addresses ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses?.length ?? 0, 6);
  const records = (addresses ?? []).map((address) => {
    const record = Buffer.alloc(12);
    // The name is the one that the question holds.
    record.writeUInt16BE(0xc000 | headerLength, 0);
    record.writeUInt16BE(question.type, 2);
    record.writeUInt16BE(internetClass, 4);
    record.writeUInt32BE(lifetime, 6);
    record.writeUInt16BE(address.length, 10);
    return Buffer.concat([record, address]);
  });
  return Buffer.concat([header, question.bytes, ...records]);
}
