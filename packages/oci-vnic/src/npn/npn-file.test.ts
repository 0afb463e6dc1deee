import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { npnFile } from './npn-file.ts';

const text = readFileSync(
  new URL('../../fixtures/npn/first-generation.json', import.meta.url),
  'utf8',
);
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'npn-'));
  path = join(folder, 'npn.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What was told, and a wait for the next. */
function told() {
  const queue: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let wake = resolve;
  let next = promise;
  const tell = (what: string): void => {
    queue.push(what);
    wake();
  };
  return {
    queue,
    listener: {
      changed: (npn: { status?: { state?: string | undefined } | undefined }) =>
        tell(npn.status?.state ?? ''),
      failed: (error: { reason: string }) => tell(error.reason),
    },
    async next() {
      while (queue.length === 0) {
        await next;
        const renewed = Promise.withResolvers<void>();
        next = renewed.promise;
        wake = renewed.resolve;
      }
      return queue.shift();
    },
  };
}

test('reads what kubectl prints', async () => {
  writeFileSync(path, text);
  expect((await npnFile(path).read()).metadata.name).toBe('anyhqljrnode1');
});

test('no file, and no JSON, are told as such', async () => {
  await expect(npnFile(path).read()).rejects.toMatchObject({ reason: 'missing' });
  writeFileSync(path, 'kind: NativePodNetwork');
  await expect(npnFile(path).read()).rejects.toMatchObject({ reason: 'malformed' });
});

test('tells each change once, also of a file that is replaced', async () => {
  const { listener, next, queue } = told();
  using _ = npnFile(path).watch(listener);
  expect(await next()).toBe('missing');
  const replace = (content: string): void => {
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  };
  replace(text);
  expect(await next()).toBe('SUCCESS');
  replace(text);
  replace(text.replace('"SUCCESS"', '"BACKOFF"'));
  expect(await next()).toBe('BACKOFF');
  replace('{');
  expect(await next()).toBe('malformed');
  replace(text);
  expect(await next()).toBe('SUCCESS');
  expect(queue).toEqual([]);
});

test('tells nothing after it is disposed of', async () => {
  writeFileSync(path, text);
  const { listener, next, queue } = told();
  const watching = npnFile(path).watch(listener);
  await next();
  watching[Symbol.dispose]();
  const other = told();
  using _ = npnFile(path).watch(other.listener);
  await other.next();
  writeFileSync(path, text.replace('"SUCCESS"', '"BACKOFF"'));
  // Truncation may be seen as a change of its own.
  while ((await other.next()) !== 'BACKOFF');
  expect(queue).toEqual([]);
});
