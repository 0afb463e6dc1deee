import { expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['255.255.255.255', '255.255.255.255'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['::', '::'],
])('%s is written as %s', (text, canonical) => {
  const { family, value } = parseAddress(text)!;
  expect(formatAddress(family, value)).toBe(canonical);
});

it.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.01',
  '10.0.0.1/32',
  '::1/128',
  'fe80::1%eth0',
  '1::2::3',
  'pod',
])('%j is none', (text) => expect(parseAddress(text)).toBeUndefined());
