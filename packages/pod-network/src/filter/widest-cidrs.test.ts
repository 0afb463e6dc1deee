import { expect, it } from 'vitest';
import { widestCidrs } from './widest-cidrs.ts';

it.each([
  [['10.0.0.0/16', '10.0.3.0/24', '10.0.0.0/16'], ['10.0.0.0/16']],
  [
    ['10.0.1.7/24', '10.0.0.0/24'],
    ['10.0.0.0/24', '10.0.1.0/24'],
  ],
  [['10.0.0.1/32', '10.0.0.1'], ['10.0.0.1']],
  [['fd00::/64', '0.0.0.0/0'], ['0.0.0.0/0']],
  [[], []],
])('of %j keeps %j', (cidrs, kept) => {
  expect(widestCidrs('f', cidrs, 'inet')).toEqual(kept);
});

it('reads IPv6', () => {
  const cidrs = ['FD00:0::1/48', 'fd00::2/128', '10.0.0.0/8', 'fe80::1'];
  expect(widestCidrs('f', cidrs, 'inet6')).toEqual(['fd00::/48', 'fe80::1']);
});
