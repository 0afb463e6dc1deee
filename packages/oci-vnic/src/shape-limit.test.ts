import { expect, test } from 'vitest';
import { vnicLimit } from './shape-limit.ts';

const flex = {
  maxVnicAttachments: 2,
  maxVnicAttachmentOptions: { min: 2, max: 24, defaultPerOcpu: 1 },
};

test.each([
  [1, 2],
  [2, 2],
  [8, 8],
  [9.5, 9],
  [64, 24],
])('a flexible shape with %d OCPUs has %d VNICs', (ocpus, vnics) => {
  expect(vnicLimit(flex, ocpus)).toBe(vnics);
});

test('so many per OCPU as the shape says', () => {
  const optimized = { maxVnicAttachmentOptions: { min: 2, max: 24, defaultPerOcpu: 2 } };
  expect(vnicLimit(optimized, 4)).toBe(8);
});

test('a fixed shape has what it says', () => {
  expect(vnicLimit({ maxVnicAttachments: 256 })).toBe(256);
  expect(vnicLimit({})).toBe(1);
});

test('a flexible shape without OCPUs is refused', () => {
  expect(() => vnicLimit(flex)).toThrow('ocpus is undefined');
});
