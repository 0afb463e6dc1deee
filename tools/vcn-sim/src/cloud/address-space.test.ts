import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { type AddressSpace, createAddressSpace } from './address-space.ts';
import { type Cidr, cidrAt, parseCidr } from './ip.ts';

const space = (text: string) => createAddressSpace(parseCidr(text)!);
const take = (from: AddressSpace, prefix: number) => {
  const found = from.find(prefix);
  if (found) expect(from.take(found)).toBe(true);
  return found?.text;
};

test('the first two and the last IPv4 address are never given out', () => {
  const small = space('10.0.0.0/29');
  const given = Array.from({ length: 6 }, () => take(small, 32));
  expect(given).toEqual([
    '10.0.0.2/32',
    '10.0.0.3/32',
    '10.0.0.4/32',
    '10.0.0.5/32',
    '10.0.0.6/32',
    undefined,
  ]);
  expect([small.used(), small.usable]).toEqual([5n, 5n]);
});

test('a block is aligned and wholly free', () => {
  const wide = space('10.0.0.0/24');
  expect(take(wide, 28)).toBe('10.0.0.16/28');
  expect(take(wide, 32)).toBe('10.0.0.2/32');
  expect(wide.take(parseCidr('10.0.0.0/27')!)).toBe(false);
  expect(take(wide, 26)).toBe('10.0.0.64/26');
  expect(take(wide, 25)).toBeUndefined();
});

test('whatever is taken and given back, nothing overlaps and nothing is lost', () => {
  const random = createRandom('walk');
  const walked = space('10.0.0.0/22');
  const held: Cidr[] = [];
  for (let step = 0; step < 2_000; step++) {
    if (held.length > 0 && random.chance(0.45)) {
      walked.give(held.splice(random.between(0, held.length - 1), 1)[0]!);
    } else {
      const found = walked.find(random.between(26, 32));
      if (!found) continue;
      expect(held.some((one) => one.base < found.end && found.base < one.end)).toBe(false);
      expect(walked.take(found)).toBe(true);
      held.push(found);
    }
    const sum = held.reduce((total, { base, end }) => total + end - base, 0n);
    expect(walked.used()).toBe(sum);
  }
  for (const one of held) walked.give(one);
  const whole = cidrAt('inet', walked.cidr.base + 512n, 23);
  expect(walked.take(whole)).toBe(false);
  expect(walked.find(24)?.text).toBe('10.0.1.0/24');
});
