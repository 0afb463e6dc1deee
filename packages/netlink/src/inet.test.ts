import { expect, test } from 'vitest';
import { canonicalAddress, canonicalNetwork, canonicalPrefix } from './inet.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['FD00:0:0:0::1', 'fd00::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
])('%s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.01',
  '1.2.3.4.5',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '12345::',
  'fe80::1%eth0',
  '1:2:3:4:5:6:7:8::',
])('"%s" is refused by name', (text) => {
  expect(() => canonicalAddress(text)).toThrow(`"${text}" is not an IP address`);
});

test.each([
  ['10.1.2.3/24', '10.1.2.3/24', '10.1.2.0/24'],
  ['10.1.2.3/0', '10.1.2.3/0', '0.0.0.0/0'],
  ['10.1.2.3/32', '10.1.2.3/32', '10.1.2.3/32'],
  ['10.1.2.255/31', '10.1.2.255/31', '10.1.2.254/31'],
  ['fd00::ff/121', 'fd00::ff/121', 'fd00::80/121'],
])('%s keeps its host bits as a prefix, loses them as a network', (text, prefix, network) => {
  expect(canonicalPrefix(text)).toBe(prefix);
  expect(canonicalNetwork(text)).toBe(network);
});

test.each(['10.0.0.1', '10.0.0.1/33', 'fd00::/129', '10.0.0.1/', '10.0.0.1/08'])(
  '"%s" is no prefix',
  (text) => {
    expect(() => canonicalPrefix(text)).toThrow(`"${text}"`);
  },
);
