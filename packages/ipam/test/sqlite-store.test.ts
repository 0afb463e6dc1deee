import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { key } from './pool-setup.ts';
import { createDirectory, open } from './sqlite-setup.ts';
import { cooling, record, storeCompliance } from './store-compliance.ts';

storeCompliance(() => {
  const directory = createDirectory();
  return { open: () => open(directory), reopen: () => open(directory) };
});

it('is one file that only its owner may read', () => {
  const directory = createDirectory();
  const store = open(directory);
  store.intend(record(1));
  for (const file of ['state.db', 'state.db-wal']) {
    expect(statSync(join(directory, file)).mode & 0o777, file).toBe(0o600);
  }
  store.close();
});

it('discards what another boot left', () => {
  const directory = createDirectory();
  const store = open(directory);
  store.intend(record(1));
  store.removed(key(2), [cooling('10.0.0.2')]);
  store.close();
  const next = open(directory, 'boot-2');
  expect(next.origin).toBe('other-boot');
  expect([next.records(), next.cooling()]).toEqual([[], []]);
  next.close();
  const again = open(directory, 'boot-2');
  expect(again.origin).toBe('existing');
  again.close();
});

it('refuses a second opener', () => {
  const directory = createDirectory();
  const store = open(directory);
  expect(() => open(directory)).toThrow(/one process alone may have it open/);
  store.intend(record(1));
  store.close();
});
