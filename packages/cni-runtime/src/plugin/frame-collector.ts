import { frameLimits, frameVersion } from './frame.ts';

/** A frame cut out of a stream: the numbers of its first line, LENGTH apart, and its body. */
export interface CollectedFrame {
  numbers: number[];
  body: Uint8Array;
}

/** Why a stream is not a frame. `version` is set when it is one, of a version not known here. */
export interface FrameDefect {
  reason: string;
  version?: string;
}

export type Collected = { frame: CollectedFrame } | { defect: FrameDefect } | undefined;

const linePattern = /^VCN-CNI\/(\d{1,9}) ((?:\d{1,9} )*)(\d{1,9})$/;

/** Cuts one frame out of chunks of any size. Bytes after the frame are not looked at. */
export class FrameCollector {
  readonly #numbers: number;
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #received = 0;
  #line: { numbers: number[]; start: number; end: number } | undefined;
  #outcome: Collected;

  /** `numbers`: how many come before LENGTH in the first line; `limit`: of LENGTH. */
  constructor(numbers: number, limit: number) {
    this.#numbers = numbers;
    this.#limit = limit;
  }

  /** Bytes taken so far. */
  get received(): number {
    return this.#received;
  }

  push(chunk: Uint8Array): Collected {
    if (this.#outcome !== undefined) return this.#outcome;
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    this.#outcome = this.#advance();
    if (this.#outcome !== undefined) this.#chunks = [];
    return this.#outcome;
  }

  #advance(): Collected {
    if (this.#line === undefined) {
      const defect = this.#readLine();
      if (defect !== undefined) return { defect };
    }
    if (this.#line === undefined || this.#received < this.#line.end) return undefined;
    const { numbers, start, end } = this.#line;
    return { frame: { numbers, body: this.#joined().subarray(start, end) } };
  }

  #readLine(): FrameDefect | undefined {
    const head = this.#joined().subarray(0, frameLimits.firstLine);
    const newline = head.indexOf(0x0a);
    if (newline < 0) {
      if (head.length < frameLimits.firstLine) return undefined;
      return { reason: `no newline in the first ${frameLimits.firstLine} bytes` };
    }
    const line = new TextDecoder().decode(head.subarray(0, newline));
    const match = linePattern.exec(line);
    if (match === null) return { reason: `the first line is ${JSON.stringify(line)}` };
    const version = match[1] as string;
    if (version !== String(frameVersion)) {
      return { reason: `frame version ${version} is not known`, version };
    }
    const numbers = (match[2] as string).split(' ').filter(Boolean).map(Number);
    const length = Number(match[3]);
    if (numbers.length !== this.#numbers) {
      return { reason: `the first line is ${JSON.stringify(line)}` };
    }
    if (length > this.#limit) {
      return { reason: `its length of ${length} bytes is over the limit of ${this.#limit}` };
    }
    this.#line = { numbers, start: newline + 1, end: newline + 1 + length };
    return undefined;
  }

  #joined(): Uint8Array {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] as Uint8Array;
  }
}
