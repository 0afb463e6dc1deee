import { expect, test } from 'vitest';
import { mergeConfig } from './merge-config.ts';

test('what is said over it wins, key by key; lists are replaced', () => {
  const base = { pool: { mode: 'oci', families: ['inet', 'inet6'] }, node: { interface: 'ens3' } };
  expect(
    mergeConfig(base, { pool: { families: ['inet'], warm: 2 }, node: 7, filter: 'none' }),
  ).toEqual({
    pool: { mode: 'oci', families: ['inet'], warm: 2 },
    node: 7,
    filter: 'none',
  });
});
