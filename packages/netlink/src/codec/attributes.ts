/** Attributes (struct nlattr): type, length, value, padded to four bytes. */
import { align } from './message.ts';

const TYPE_MASK = 0x3fff;
const NLA_F_NESTED = 0x8000;

/** Writes a fixed header and then attributes. */
export class BodyWriter {
  #buffer = Buffer.alloc(512);
  #length = 0;

  #room(bytes: number): number {
    const at = this.#length;
    this.#length = align(at + bytes);
    if (this.#length > this.#buffer.length) {
      this.#buffer = Buffer.concat([this.#buffer], 2 * this.#length);
    }
    return at;
  }

  u8(value: number): this {
    // Fixed headers are not padded between their fields.
    const at = this.#length;
    this.#room(1);
    this.#buffer[at] = value;
    this.#length = at + 1;
    return this;
  }

  u16(value: number): this {
    return this.u8(value & 0xff).u8(value >>> 8);
  }

  u32(value: number): this {
    this.#buffer.writeUInt32LE(value >>> 0, this.#room(4));
    return this;
  }

  attribute(type: number, value: Uint8Array): this {
    const at = this.#room(4 + value.length);
    this.#buffer.writeUInt16LE(4 + value.length, at);
    this.#buffer.writeUInt16LE(type, at + 2);
    this.#buffer.set(value, at + 4);
    return this;
  }

  attributeU32(type: number, value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return this.attribute(type, bytes);
  }

  attributeU16(type: number, value: number): this {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return this.attribute(type, bytes);
  }

  attributeU8(type: number, value: number): this {
    return this.attribute(type, Uint8Array.of(value));
  }

  /** With its terminating zero. */
  attributeText(type: number, value: string): this {
    return this.attribute(type, Buffer.from(`${value}\0`));
  }

  nest(type: number, write: (writer: this) => void): this {
    const at = this.#room(4);
    write(this);
    this.#buffer.writeUInt16LE(this.#length - at, at);
    this.#buffer.writeUInt16LE(type | NLA_F_NESTED, at + 2);
    return this;
  }

  body(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}

export type Attributes = Map<number, Buffer>;

/** The attributes behind a fixed header of `offset` bytes; of a repeated type the last counts. */
export function decodeAttributes(body: Buffer, offset = 0): Attributes {
  const attributes: Attributes = new Map();
  let at = offset;
  while (at + 4 <= body.length) {
    const length = body.readUInt16LE(at);
    if (length < 4 || at + length > body.length) break;
    attributes.set(body.readUInt16LE(at + 2) & TYPE_MASK, body.subarray(at + 4, at + length));
    at += align(length);
  }
  return attributes;
}

export function textOf(value: Buffer | undefined): string | undefined {
  if (!value) return undefined;
  const end = value.indexOf(0);
  return value.toString('utf8', 0, end < 0 ? value.length : end);
}

export function u32Of(value: Buffer | undefined): number | undefined {
  return value && value.length >= 4 ? value.readUInt32LE(0) : undefined;
}
