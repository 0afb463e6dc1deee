import { expect, it } from 'vitest';
import { isFailed, type Standard, weigh } from './outcome.ts';

const must: Standard = { level: 'MUST', expectedFailures: new Set(['KNOWN']) };

it.each([
  ['pass', 'MUST', 'X', 'none'],
  ['pass', 'MAY', 'KNOWN', 'unexpected-pass'],
  ['fail', 'MUST', 'X', 'failure'],
  ['fail', 'MUST', 'KNOWN', 'expected-failure'],
  ['fail', 'SHOULD', 'X', 'below-level'],
  ['deviation', 'MUST', 'X', 'none'],
  ['flake', 'MUST', 'X', 'none'],
  ['skip', 'MUST', 'KNOWN', 'none'],
] as const)('%s at %s of %s weighs %s', (verdict, level, id, weight) => {
  expect(weigh({ id, verdict, level }, must)).toBe(weight);
});

it.each([
  ['MUST', 'SHOULD', true],
  ['SHOULD', 'SHOULD', true],
  ['MAY', 'SHOULD', false],
  ['MAY', 'MAY', true],
  ['SHOULD', 'MUST', false],
] as const)('a failure of %s at --level %s: %s', (level, limit, failed) => {
  const standard = { level: limit, expectedFailures: new Set<string>() };
  expect(isFailed([{ id: 'X', verdict: 'fail', level }], standard)).toBe(failed);
});
