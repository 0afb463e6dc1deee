import { expect, it } from 'vitest';
import { chooseVnic } from './choose-vnic.ts';

const vnics = [
  { vnic: 'a', free: { inet: 5, inet6: 0 } },
  { vnic: 'b', free: { inet: 3, inet6: 9 } },
  { vnic: 'c', free: { inet: 2, inet6: 2 ** 32 } },
  { vnic: 'd', free: { inet: 5, inet6: 1 } },
];

it.each([
  [['inet'] as const, 'a'],
  [['inet6'] as const, 'c'],
  [['inet', 'inet6'] as const, 'b'],
])('%j is served by %s', (families, vnic) => {
  expect(chooseVnic(vnics, families)?.vnic).toBe(vnic);
});

it('finds none where no VNIC has all', () => {
  expect(chooseVnic(vnics.slice(0, 1), ['inet', 'inet6'])).toBeUndefined();
  expect(chooseVnic([], ['inet'])).toBeUndefined();
});
