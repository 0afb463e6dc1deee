import { expect, test } from 'vitest';
import { key } from '../test/fixtures.ts';
import { formatAlias, parseAlias } from './index.ts';

test('an alias gives the key back', () => {
  expect(formatAlias(key)).toBe('vcn-cni/1 pods/c0ffee/eth0');
  expect(parseAlias(formatAlias(key))).toEqual(key);
});

test.each([
  undefined,
  '',
  'eth0 of somebody',
  'vcn-cni/2 pods/c0ffee/eth0',
  'vcn-cni/1 pods/c0ffee',
  'vcn-cni/1 pods/c0ffee/eth0/more',
  'vcn-cni/1 //eth0',
])('%s is nobody of ours', (alias) => {
  expect(parseAlias(alias)).toBeUndefined();
});
