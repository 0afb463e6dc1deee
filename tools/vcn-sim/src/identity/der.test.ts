import { expect, test } from 'vitest';
import { integer } from './der.ts';

test.each([
  ['02', '020102'],
  ['80', '02020080'],
  ['0012', '020112'],
  ['000080', '02020080'],
  ['0000', '020100'],
])('the number %s takes as few bytes as it can', (bytes, expected) => {
  expect(integer(Buffer.from(bytes, 'hex')).toString('hex')).toBe(expected);
});
