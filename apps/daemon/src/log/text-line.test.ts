import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';
import { textLine } from './text-line.ts';

test('a line for a person', () => {
  const line = textLine(
    '{"level":"warn","time":"2026-01-02T03:04:05.678Z","pid":1,"verb":"ADD","error":"a b","code":11,"msg":"ADD failed"}',
  );
  expect(line).toBe('03:04:05.678  WARN   ADD failed  verb=ADD  error="a b"  code=11\n');
});

test.each([
  ['auto', true, /^\d\d:\d\d:\d\d\.\d{3} {2}INFO {3}serving {2}a=1\n$/],
  ['auto', false, /^\{"level":"info","time":"[^"]+","pid":\d+,"a":1,"msg":"serving"\}\n$/],
  ['json', true, /^\{/],
  ['text', false, /^\d\d:/],
] as const)('format %s, terminal %s', (format, isTTY, expected) => {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const log = createLogger({ level: 'info', format }, { write, isTTY });
  log.debug({}, 'not shown');
  log.info({ a: 1 }, 'serving');
  expect(written).toMatch(expected);
});

test('an error is logged with its stack', () => {
  let written = '';
  const log = createLogger(
    { level: 'info', format: 'text' },
    { write: (text) => (written += text), isTTY: false },
  );
  log.error({ err: new Error('boom') }, 'failed');
  expect(written).toMatch(/failed {2}err=Error: boom\n +at /);
});
