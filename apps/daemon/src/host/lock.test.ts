import { mkdtemp, readFile, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadLibc } from './libc.ts';
import { LockHeldError, takeLock } from './lock.ts';

const libc = loadLibc();
let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cnid-'));
  path = join(directory, 'lock');
});
afterEach(() => rm(directory, { recursive: true }));

test('is held by one, who is named, and free again when given back', async () => {
  const held = await takeLock(libc, { path, wait: false });
  const refused = takeLock(libc, { path, wait: false });
  await expect(refused).rejects.toThrow(LockHeldError);
  await expect(refused).rejects.toThrow(`another vcn-cnid (pid ${process.pid}) holds ${path}`);
  await held[Symbol.asyncDispose]();
  await using _again = await takeLock(libc, { path, wait: false });
  expect(await readFile(path, 'utf8')).toBe(`${process.pid}\n`);
});

test('who waits can give up', async () => {
  await using _held = await takeLock(libc, { path, wait: false });
  const giveUp = new AbortController();
  const onWait = () => giveUp.abort();
  await expect(takeLock(libc, { path, wait: true, signal: giveUp.signal, onWait })).rejects.toThrow(
    /abort/,
  );
});

test('a lock on a file that was removed meanwhile is worth nothing', async () => {
  const first = await takeLock(libc, { path, wait: false });
  const outcomes: boolean[] = [];
  const watched = {
    ...libc,
    tryLock(fd: number) {
      const taken = libc.tryLock(fd);
      outcomes.push(taken);
      return taken;
    },
  };
  const waiting = Promise.withResolvers<void>();
  let served = false;
  const second = takeLock(watched, { path, wait: true, onWait: () => waiting.resolve() });
  void second.then(() => {
    served = true;
  });
  await waiting.promise;
  await unlink(path);
  const third = await takeLock(libc, { path, wait: false });
  await first[Symbol.asyncDispose]();
  // It gets the lock of the removed file, looks again, and waits for the third.
  await expect.poll(() => outcomes.includes(true) && outcomes.at(-1) === false).toBe(true);
  expect(served).toBe(false);
  await third[Symbol.asyncDispose]();
  await using _second = await second;
});
