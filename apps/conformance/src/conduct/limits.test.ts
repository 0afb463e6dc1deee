import { expect, it } from 'vitest';
import { limitsOf } from './limits.ts';

const all = ['veth', 'bridge', 'dummy', 'ifb', 'vrf', 'nft', 'iptables-save', 'tc'];

it('has nothing to say where all is there', () => {
  expect(limitsOf(new Set([...all, 'root', 'overlay']))).toEqual([]);
});

it('names what is not there', () => {
  const limits = limitsOf(new Set(all.filter((each) => each !== 'vrf' && each !== 'nft')));
  expect(limits.join('\n')).toMatch(/root of the machine.*overlay.*of type vrf .*installed: nft;/s);
});
