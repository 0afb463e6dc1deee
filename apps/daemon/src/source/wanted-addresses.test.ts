import type { FamilyCounts, PoolCounts } from '@vcn-cni/ipam';
import { expect, test } from 'vitest';
import { configSchema } from '../config/schema.ts';
import { wantedAddresses } from './wanted-addresses.ts';

const none = { total: 0, leased: 0, cooling: 0, free: 0, draining: 0, excluded: 0, waiting: 0 };
const counts = (inet: Partial<FamilyCounts> = {}): PoolCounts => ({
  ...none,
  families: { inet: { ...none, ...inet }, inet6: none },
});
const config = (pool: object, oci: object = {}) =>
  configSchema.parse({
    pool: { mode: 'oci', ...pool },
    oci: { subnets: ['ocid1.subnet.a'], ...oci },
  });

test('only configured families are wanted', () => {
  expect(Object.keys(wantedAddresses(config({ families: ['inet6'] }), counts()))).toEqual([
    'inet6',
  ]);
});

test('never fewer than the least, never more than the most, and what comes next is there', () => {
  const small = config({ families: ['inet'], warm: 3, min: 5, max: 12 }, { assign: ['single'] });
  const atLeast = (now: Partial<FamilyCounts>) => wantedAddresses(small, counts(now)).inet!.atLeast;
  expect(atLeast({})).toBe(5);
  expect(atLeast({ total: 8, leased: 7, free: 1 })).toBe(10);
  expect(atLeast({ total: 8, leased: 8, waiting: 40 })).toBe(12);
});

test('blocks are given back only whole: a step is a block of the family', () => {
  const wanted = (assign: string[]) =>
    wantedAddresses(
      config({ families: ['inet'], warm: 2, min: 2 }, { assign, blockLength: 28 }),
      counts(),
    ).inet!;
  const inBlocks = wanted(['block', 'single']);
  const singly = wanted(['single', 'block']);
  expect(inBlocks.atMost - inBlocks.atLeast).toBeGreaterThanOrEqual(16);
  expect(singly.atMost - singly.atLeast).toBeLessThan(16);
});
