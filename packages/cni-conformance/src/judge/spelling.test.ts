import { expect, test } from 'vitest';
import { spelled, spelledCidr } from './spelling.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:DB8:0:0::01', '2001:db8::1'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ['no:address', 'no:address'],
])('%s is spelled %s', (address, wanted) => {
  expect(spelled(address)).toBe(wanted);
});

test.each([
  ['10.0.0.1', '10.0.0.1/32'],
  ['FE80:0::1', 'fe80::1/128'],
  ['2001:db8:0::/64', '2001:db8::/64'],
])('%s as a CIDR is %s', (cidr, wanted) => {
  expect(spelledCidr(cidr)).toBe(wanted);
});
