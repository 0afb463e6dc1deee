import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchDirectory } from '../../test/scratch-directory.ts';
import { cacheFile } from './cache-file.ts';

test('there is none at first; what is saved is loaded, by root alone', async () => {
  await using scratch = await scratchDirectory();
  const directory = join(scratch.path, 'a', 'b');
  const file = cacheFile(join(directory, 'x.json'));
  expect(await file.load()).toBeUndefined();
  await file.save('first, and longer');
  await file.save('second');
  expect(await file.load()).toBe('second');
  expect((await stat(join(directory, 'x.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect(await readdir(directory)).toEqual(['x.json']);
});

test('a text that a crash left half written is not loaded, and goes with the next', async () => {
  await using scratch = await scratchDirectory();
  const file = cacheFile(join(scratch.path, 'x.json'));
  await file.save('whole');
  await writeFile(join(scratch.path, 'x.json.new'), 'ha');
  expect(await file.load()).toBe('whole');
  await file.save('next');
  expect(await readdir(scratch.path)).toEqual(['x.json']);
});

test('where it cannot be put, that is told, and nothing half made is left', async () => {
  await using scratch = await scratchDirectory();
  await mkdir(join(scratch.path, 'x.json'));
  const file = cacheFile(join(scratch.path, 'x.json'));
  await expect(file.save('text')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await readdir(scratch.path)).toEqual(['x.json']);
  await expect(file.load()).rejects.toMatchObject({ code: 'EISDIR' });
});
