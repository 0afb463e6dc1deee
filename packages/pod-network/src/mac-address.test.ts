import { expect, test } from 'vitest';
import { canonicalMac, derivedMac } from './index.ts';

test('derived addresses are stable, unicast, locally administered and differ', () => {
  const seeds = Array.from({ length: 1000 }, (_, index) => `seed ${index}`);
  const macs = seeds.map(derivedMac);
  expect(new Set(macs).size).toBe(1000);
  expect(macs).toEqual(seeds.map(derivedMac));
  for (const mac of macs) {
    expect(canonicalMac(mac)).toBe(mac);
    expect(Number.parseInt(mac.slice(0, 2), 16) & 0b11).toBe(0b10);
  }
});

test.each([
  ['0A:58:0A:00:00:01', '0a:58:0a:00:00:01'],
  ['0a-58-0a-00-00-01', '0a:58:0a:00:00:01'],
  ['01:00:5e:00:00:01', undefined],
  ['ff:ff:ff:ff:ff:ff', undefined],
  ['00:00:00:00:00:00', undefined],
  ['0a:58:0a:00:00', undefined],
  ['nonsense', undefined],
])('%s is %s', (text, canonical) => {
  expect(canonicalMac(text)).toBe(canonical);
});
