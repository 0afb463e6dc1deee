import { expect, it } from 'vitest';
import { parseCidr } from './cidr.ts';

it.each([
  ['0.0.0.0/0', 0n, 1n << 32n],
  ['10.0.0.0/8', 10n << 24n, 11n << 24n],
  ['10.0.0.255/32', (10n << 24n) + 255n, (10n << 24n) + 256n],
  ['2001:db8::/64', 0x20010db8n << 96n, (0x20010db8n << 96n) + (1n << 64n)],
  ['::1/128', 1n, 2n],
  ['::/0', 0n, 1n << 128n],
])('%s', (text, base, end) => {
  expect(parseCidr(text)).toMatchObject({ text, base, end });
});

it.each([
  '',
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '::/129',
  '10.0.0/8',
  'x/8',
  '10.0.0.0/8/8',
  '::1%eth0/128',
])('%j is none', (text) => expect(() => parseCidr(text)).toThrow(/is not a CIDR; write it as/));

it.each([
  ['10.0.0.1/8', '10.0.0.0/8'],
  ['2001:DB8::/64', '2001:db8::/64'],
  ['2001:db8:0::/64', '2001:db8::/64'],
  ['10.0.0.0/08', '10.0.0.0/8'],
])('%s is not canonical, %s is', (text, canonical) => {
  expect(() => parseCidr(text)).toThrow(`block ${text} is not canonical; write it as ${canonical}`);
});
