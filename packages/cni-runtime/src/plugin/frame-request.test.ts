import { describe, expect, it } from 'vitest';
import { frameLimits } from './frame.ts';
import { decodeRequest, encodeRequest, RequestDecoder } from './frame-request.ts';

const frame = (body: string | Uint8Array, line?: string): Uint8Array => {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(line ?? `VCN-CNI/1 ${bytes.length}\n`), bytes]);
};
const error = (bytes: Uint8Array): { code: number; msg: string; details?: string } => {
  try {
    decodeRequest(bytes);
  } catch (caught) {
    return caught as { code: number; msg: string };
  }
  throw new Error('it was accepted');
};

describe('encodeRequest', () => {
  it('is the text of the contract', () => {
    const bytes = encodeRequest({ environment: { CNI_COMMAND: 'DEL' }, stdin: Buffer.from('{}') });
    expect(Buffer.from(bytes).toString()).toBe('VCN-CNI/1 19\nCNI_COMMAND=DEL\0\0{}');
  });
});

describe('RequestDecoder', () => {
  const request = {
    environment: { CNI_COMMAND: 'ADD', CNI_ARGS: 'A=b=ü;C=', TRACEPARENT: '' },
    stdin: Buffer.from('{"a":\0\0"\0"}\0'),
  };

  it('gives back what was encoded, however it is cut', () => {
    const bytes = encodeRequest(request);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const decoder = new RequestDecoder();
      const first = decoder.push(bytes.subarray(0, cut));
      expect(first.state).toBe(cut < bytes.length ? 'need-more' : 'done');
      const state = decoder.push(bytes.subarray(cut));
      if (state.state !== 'done') throw new Error(`${state.state} at ${cut}`);
      expect(state.value.environment).toEqual(request.environment);
      expect(Buffer.from(state.value.stdin)).toEqual(request.stdin);
    }
  });

  it('takes single bytes', () => {
    const decoder = new RequestDecoder();
    const states = [...encodeRequest(request)].map((byte) => decoder.push(Buffer.of(byte)).state);
    expect(states.pop()).toBe('done');
    expect(new Set(states)).toEqual(new Set(['need-more']));
  });

  it('lets the first of a repeated name count and leaves out what is not forwarded', () => {
    const decoded = decodeRequest(frame('CNI_IFNAME=a\0CNI_IFNAME=b\0__proto__=1\0HOME=/\0\0'));
    expect(decoded.environment).toEqual({ CNI_IFNAME: 'a' });
  });
});

describe('a malformed request', () => {
  it.each([
    ['another protocol', frame('', 'GET / HTTP/1.1\r\n'), /GET \/ HTTP/],
    ['no length', frame('', 'VCN-CNI/1 \n'), /first line/],
    ['two numbers', frame('\0', 'VCN-CNI/1 0 1\n'), /first line/],
    ['a negative length', frame('', 'VCN-CNI/1 -1\n'), /first line/],
    ['an endless first line', Buffer.alloc(frameLimits.firstLine, 0x41), /no newline/],
    ['a length over the limit', frame('', `VCN-CNI/1 ${frameLimits.request + 1}\n`), /over the/],
    ['no boundary', frame('CNI_COMMAND=ADD\0'), /empty string/],
    ['no terminator', frame('CNI_COMMAND=ADD'), /empty string/],
    ['no body', frame(''), /empty string/],
    ['no equals sign', frame('CNI_COMMAND\0\0'), /NAME=value/],
    ['no name', frame('=ADD\0\0'), /NAME=value/],
    ['a short body', frame('\0', 'VCN-CNI/1 9\n'), /ends after 13 bytes/],
    ['nothing', Buffer.alloc(0), /ends after 0 bytes/],
  ])('with %s is code 999', (_, bytes, details) => {
    expect(error(bytes)).toMatchObject({ code: 999, msg: 'malformed request frame' });
    expect(error(bytes).details).toMatch(details);
  });

  it('of another version is answered with both', () => {
    const { code, msg, details } = error(frame('', 'VCN-CNI/27 12\n'));
    expect({ code, msg }).toEqual({ code: 999, msg: 'frame version 27 is not known' });
    expect(details).toMatch(/VCN-CNI\/27.*VCN-CNI\/1/);
  });

  it('with bytes that are not UTF-8 names the variable', () => {
    const body = Buffer.concat([Buffer.from('CNI_ARGS=A='), Buffer.of(0xff), Buffer.from('\0\0')]);
    expect(error(frame(body))).toMatchObject({ code: 4, msg: 'CNI_ARGS is not valid UTF-8' });
  });

  it('with standard input over the limit is code 6', () => {
    const body = Buffer.alloc(frameLimits.stdin + 2, 0x20).fill(0, 0, 1);
    expect(error(frame(body)).code).toBe(6);
    expect(decodeRequest(frame(body.subarray(1).fill(0, 0, 1))).stdin.length).toBe(2 ** 20);
  });
});
