import { expect, test } from 'vitest';
import { cidrAt, formatIp, parseCidr, parseIp } from './ip.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['255.255.255.255', '255.255.255.255'],
  ['2001:DB8:0:0:1::', '2001:db8:0:0:1::'],
  ['::', '::'],
  ['fe80::1', 'fe80::1'],
  ['2001:db8:0:1:0:0:0:8', '2001:db8:0:1::8'],
])('%s is written %s', (text, canonical) => {
  const { family, value } = parseIp(text)!;
  expect(formatIp(family, value)).toBe(canonical);
});

test.each(['', '10.0.0', '10.0.0.256', '1::2::3', 'fe80::1%eth0', '10.0.0.1/32'])(
  '%j is no address',
  (text) => expect(parseIp(text)).toBeUndefined(),
);

test('a CIDR has no host bits', () => {
  expect(parseCidr('10.0.16.0/20')).toMatchObject({ prefix: 20, text: '10.0.16.0/20' });
  for (const text of ['10.0.16.1/20', '10.0.0.0/33', '::/129', '10.0.0.0', 'x/8']) {
    expect(parseCidr(text)).toBeUndefined();
  }
  expect(cidrAt('inet', parseIp('10.0.16.77')!.value, 27).text).toBe('10.0.16.64/27');
});
