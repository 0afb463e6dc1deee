/** The few types of ASN.1 that a certificate is made of, in their distinguished encoding (X.690). */
const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

function encode(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export const sequence = (...parts: Uint8Array[]): Buffer => encode(tags.sequence, ...parts);
export const set = (...parts: Uint8Array[]): Buffer => encode(tags.set, ...parts);
export const yes = encode(tags.boolean, Buffer.from([0xff]));
/** A number that is not negative, its highest byte first; in as few bytes as it takes. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return encode(tags.integer, Buffer.from(digits[0]! >= 0x80 ? [0] : []), digits);
}
export const bitString = (bytes: Uint8Array): Buffer =>
  encode(tags.bitString, Buffer.from([0]), bytes);
export const octetString = (bytes: Uint8Array): Buffer => encode(tags.octetString, bytes);
export const utf8String = (text: string): Buffer => encode(tags.utf8String, Buffer.from(text));
/** `YYMMDDhhmmssZ`. */
export const utcTime = (text: string): Buffer => encode(tags.utcTime, Buffer.from(text));
/** An explicit tag of the context. */
export const context = (number: number, part: Uint8Array): Buffer => encode(0xa0 | number, part);

/** `1.2.840.10045.4.3.2`: the first two numbers in one byte, the others in digits of base 128. */
export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first! * 40 + second!, ...rest.flatMap(base128)];
  return encode(tags.objectIdentifier, Buffer.from(bytes));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f));
  return digits;
}
