import { type FrameState, frameLimits, frameVersion } from './frame.ts';
import { FrameCollector } from './frame-collector.ts';

/** What the plugin prints and exits with. */
export interface FrameAnswer {
  /** 0 to 255. */
  exitCode: number;
  stdout: string;
}

/** @throws RangeError if the exit code is not 0 to 255, or the text is over `frameLimits.answer` */
export function encodeAnswer(answer: FrameAnswer): Uint8Array {
  const body = Buffer.from(answer.stdout);
  if (!Number.isInteger(answer.exitCode) || answer.exitCode < 0 || answer.exitCode > 255) {
    throw new RangeError(`exit code ${answer.exitCode} is not 0 to 255`);
  }
  if (body.length > frameLimits.answer) {
    throw new RangeError(`an answer of ${body.length} bytes is over ${frameLimits.answer}`);
  }
  const line = `VCN-CNI/${frameVersion} ${answer.exitCode} ${body.length}\n`;
  return Buffer.concat([Buffer.from(line), body]);
}

/** Takes the chunks of one connection; `error` says what is wrong with them, for a log. */
export class AnswerDecoder {
  readonly #collector = new FrameCollector(1, frameLimits.answer);
  #state: FrameState<FrameAnswer, string> = { state: 'need-more' };

  push(chunk: Uint8Array): FrameState<FrameAnswer, string> {
    if (this.#state.state !== 'need-more') return this.#state;
    const collected = this.#collector.push(chunk);
    if (collected === undefined) return this.#state;
    if ('defect' in collected) {
      this.#state = { state: 'malformed', error: collected.defect.reason };
      return this.#state;
    }
    const exitCode = collected.frame.numbers[0] as number;
    const stdout = new TextDecoder('utf-8', { ignoreBOM: true }).decode(collected.frame.body);
    this.#state =
      exitCode > 255
        ? { state: 'malformed', error: `exit code ${exitCode} is not 0 to 255` }
        : { state: 'done', value: { exitCode, stdout } };
    return this.#state;
  }
}

/** One whole frame. @throws RangeError if it is short or malformed */
export function decodeAnswer(frame: Uint8Array): FrameAnswer {
  const state = new AnswerDecoder().push(frame);
  if (state.state === 'done') return state.value;
  throw new RangeError(
    state.state === 'malformed' ? state.error : `it ends after ${frame.length} bytes`,
  );
}
