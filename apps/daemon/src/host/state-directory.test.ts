import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensurePrivateDirectory } from './state-directory.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cnid-'));
});
afterEach(() => rm(root, { recursive: true }));
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('is made closed, and closed where it is open and empty or ours', async () => {
  const path = join(root, 'run', 'vcn-cni');
  await ensurePrivateDirectory(path, 'lock');
  expect(await modeOf(path)).toBe(0o700);
  await chmod(path, 0o755);
  await ensurePrivateDirectory(path, 'lock');
  expect(await modeOf(path)).toBe(0o700);
  await writeFile(join(path, 'lock'), '');
  await chmod(path, 0o755);
  await ensurePrivateDirectory(path, 'lock');
  expect(await modeOf(path)).toBe(0o700);
});

test("a directory of others' is left as it is", async () => {
  const path = join(root, 'run');
  await mkdir(path);
  await chmod(path, 0o755);
  await writeFile(join(path, 'utmp'), '');
  await expect(ensurePrivateDirectory(path, 'lock')).rejects.toThrow(
    `${path} is open to others and holds what is not ours (utmp); give it mode 0700`,
  );
  expect(await modeOf(path)).toBe(0o755);
});

test('a link or a file in its place is named', async () => {
  await symlink('/etc', join(root, 'link'));
  await expect(ensurePrivateDirectory(join(root, 'link'))).rejects.toThrow('is not a directory');
});
