import { expect, it } from 'vitest';
import { formatInet, isCidr, parseInet } from './inet.ts';

const canonical = (text: string) => {
  const inet = parseInet(text);
  return inet && formatInet(inet);
};

it.each([
  ['10.0.0.5', '10.0.0.5'],
  ['255.255.255.255', '255.255.255.255'],
  ['::', '::'],
  ['::1', '::1'],
  ['fe80::', 'fe80::'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['fd00:0:0:10::', 'fd00:0:0:10::'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
])('writes %s as %s', (text, expected) => {
  expect(canonical(text)).toBe(expected);
  expect(canonical(expected)).toBe(expected);
});

it.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '10.0.0.1.',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  'fe80::1%eth0',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4::5:6:7:8',
  '12345::',
  '1.2.3.4::',
  '::1.2.3',
  'x',
])('refuses %j', (text) => {
  expect(parseInet(text)).toBeUndefined();
});

it('wants a prefix length that fits', () => {
  for (const text of ['10.0.0.5/24', '0.0.0.0/0', 'fd00::5/128']) expect(isCidr(text)).toBe(true);
  for (const text of ['10.0.0.5', '10.0.0.5/33', 'fd00::/129', '10.0.0.5/', '10.0.0.5/-1', '/24']) {
    expect(isCidr(text)).toBe(false);
  }
});
