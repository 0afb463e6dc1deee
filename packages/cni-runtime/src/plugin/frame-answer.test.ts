import { expect, it } from 'vitest';
import { frameLimits } from './frame.ts';
import { AnswerDecoder, decodeAnswer, encodeAnswer } from './frame-answer.ts';

it('is the text of the contract', () => {
  const bytes = encodeAnswer({ exitCode: 1, stdout: '{"msg":"ü"}' });
  expect(Buffer.from(bytes).toString()).toBe('VCN-CNI/1 1 12\n{"msg":"ü"}');
});

it('comes back however it is cut', () => {
  const answer = { exitCode: 255, stdout: 'ü\0\n' };
  const bytes = encodeAnswer(answer);
  for (let cut = 0; cut < bytes.length; cut++) {
    const decoder = new AnswerDecoder();
    expect(decoder.push(bytes.subarray(0, cut))).toEqual({ state: 'need-more' });
    expect(decoder.push(bytes.subarray(cut))).toEqual({ state: 'done', value: answer });
    expect(() => decodeAnswer(bytes.subarray(0, cut))).toThrow(`it ends after ${cut} bytes`);
  }
});

it('may be empty', () => {
  expect(decodeAnswer(encodeAnswer({ exitCode: 0, stdout: '' }))).toEqual({
    exitCode: 0,
    stdout: '',
  });
});

it.each([
  ['VCN-CNI/2 0 0\n', /version 2/],
  ['VCN-CNI/1 0\n', /first line/],
  ['VCN-CNI/1 256 0\n', /256/],
  [`VCN-CNI/1 0 ${frameLimits.answer + 1}\n`, /over the limit/],
  ['{"cniVersion":"1.1.0"}\n', /first line/],
])('%j is malformed', (text, reason) => {
  expect(() => decodeAnswer(Buffer.from(text))).toThrow(reason);
});

it('refuses to encode what no plugin would take', () => {
  expect(() => encodeAnswer({ exitCode: 256, stdout: '' })).toThrow(RangeError);
  expect(() => encodeAnswer({ exitCode: -1, stdout: '' })).toThrow(RangeError);
  const stdout = 'x'.repeat(frameLimits.answer + 1);
  expect(() => encodeAnswer({ exitCode: 0, stdout })).toThrow(RangeError);
});
