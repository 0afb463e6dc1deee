import { expect, test } from 'vitest';
import { runAll } from './run-all.ts';

test('as many at once as the width says, and each result once', async () => {
  let running = 0;
  let most = 0;
  const run = async (item: number) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return item * 2;
  };
  const results = [];
  for await (const result of runAll([1, 2, 3, 4, 5], 2, run)) results.push(result);
  expect(results.sort((a, b) => a - b)).toEqual([2, 4, 6, 8, 10]);
  expect(most).toBe(2);
});
