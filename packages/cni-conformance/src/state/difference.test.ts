import { expect, test } from 'vitest';
import { difference } from './difference.ts';

test('a difference counts lines that repeat', () => {
  expect(difference(['a', 'b', 'b'], ['b', 'c'])).toEqual({ removed: ['a', 'b'], added: ['c'] });
  expect(difference(['a'], ['a'])).toEqual({ removed: [], added: [] });
});
