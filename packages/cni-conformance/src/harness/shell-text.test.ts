import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commandText } from './shell-text.ts';

it.each([
  ['words', '{"name":"it\'s"}'],
  ['a NUL byte', 'a\0b'],
  ['many bytes', 'x'.repeat(100_000)],
  ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x80])],
])('gives a command what it was given: %s', (_, stdin) => {
  const line = commandText({ NAME: "it's" }, ['sh', '-c', 'printf "%s:" "$NAME"; cat'], stdin);
  const shown = execFileSync('sh', ['-c', line]);
  const wanted = Buffer.concat([Buffer.from("it's:"), Buffer.from(stdin)]);
  // The end of a here-document is on a line of its own.
  expect(shown.subarray(0, wanted.length)).toEqual(wanted);
  expect(shown.subarray(wanted.length).toString().trim()).toBe('');
});
