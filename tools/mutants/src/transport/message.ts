/** As forwarder/forward.c has them. */
export type Kind = 'R' | 'D' | 'X' | 'O' | 'E' | 'Q';

export interface Message {
  kind: Kind;
  body: Buffer;
}

const headBytes = 5;

export function encodeMessage(kind: Kind, body: Uint8Array): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write(kind, 'latin1');
  head.writeUInt32LE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Each string ended by a NUL, and one more at the end. */
export const encodeStrings = (strings: readonly string[]): Buffer =>
  Buffer.from(`${strings.map((each) => `${each}\0`).join('')}\0`);

/** The strings up to the empty one, and what is behind it. */
export function decodeStrings(body: Buffer): { strings: string[]; rest: Buffer } {
  const strings: string[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf(0, at);
    if (end < 0) throw new RangeError('the strings of a message have no end');
    if (end === at) return { strings, rest: body.subarray(end + 1) };
    strings.push(body.toString('utf8', at, end));
    at = end + 1;
  }
}

/** Cuts messages out of chunks of any size. */
export function messageReader(take: (message: Message) => void): (chunk: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= headBytes) {
      const end = headBytes + waiting.readUInt32LE(1);
      if (waiting.length < end) return;
      take({
        kind: waiting.toString('latin1', 0, 1) as Kind,
        body: waiting.subarray(headBytes, end),
      });
      waiting = waiting.subarray(end);
    }
  };
}
