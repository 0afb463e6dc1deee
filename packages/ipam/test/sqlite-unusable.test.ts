import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createDirectory, open } from './sqlite-setup.ts';

const unshare = [['-m'], ['-Urm']].find(
  (flags) => spawnSync('unshare', [...flags, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0,
);
if (!unshare)
  console.warn('SKIPPED: full and read-only stores: no mount namespace can be made here');

it('says what to do where the folder is missing', () => {
  const directory = join(createDirectory(), 'missing');
  expect(() => open(directory)).toThrow(
    expect.objectContaining({
      name: 'StoreError',
      reason: 'unusable',
      path: directory,
      message: `the store's folder ${directory} does not exist; make it (mode 0700), or set another`,
    }),
  );
});

it('says what to do where the folder is none', () => {
  const file = join(createDirectory(), 'file');
  writeFileSync(file, '');
  expect(() => open(file)).toThrow(/is not a folder; make it/);
});

it.runIf(unshare)('full, then with room again; read-only', () => {
  const directory = createDirectory();
  const child = fileURLToPath(new URL('./unusable-child.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(
    'unshare',
    [...unshare!, process.execPath, child, directory],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const said = JSON.parse(stdout);
  const path = (folder: string) => join(directory, folder, 'state.db');
  const full = (folder: string) => ({
    reason: 'full',
    path: path(folder),
    message: `no space is left for the store ${path(folder)}; free some of that file system`,
  });
  expect(said.full).toEqual(full('full'));
  expect(said.fullRemoval).toEqual(full('full'));
  expect(said.written).toBeGreaterThan(0);
  expect(said.kept).toBe(said.written + 1);
  expect(said.tiny).toEqual(full('tiny'));
  for (const [answer, folder] of [
    [said.readOnly, 'full'],
    [said.readOnlyNew, 'new'],
  ]) {
    expect(answer).toMatchObject({ reason: 'unusable', path: path(folder) });
    expect(answer.message).toMatch(/cannot be used .*its folder must exist and be writable/);
  }
});
