import { expect, test } from 'vitest';
import { quietLog } from '../test/quiet-log.ts';
import { startReconcileLoop } from './reconcile-loop.ts';

test('runs when told, one at a time, goes on after a failure, and ends with its last run', async () => {
  const log = quietLog();
  const observed: number[] = [];
  let running = 0;
  let runs = 0;
  await using loop = startReconcileLoop(
    async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running--;
      if (++runs === 1) throw new Error('busy');
      return { changes: ['ip rule add'] };
    },
    { intervalMs: 3_600_000, log, observe: (repairs) => observed.push(repairs) },
  );
  for (let i = 0; i < 10; i++) loop.soon();
  await expect.poll(() => runs).toBe(1);
  loop.soon();
  await expect.poll(() => running).toBe(1);
  await loop[Symbol.asyncDispose]();
  expect({ runs, running, observed }).toEqual({ runs: 2, running: 0, observed: [1] });
  expect(log.lines.map(({ message }) => message)).toEqual([
    'reconcile failed',
    'reconcile repaired the host',
  ]);
});

test('what was to be made is no repair', async () => {
  const log = quietLog();
  const observed: number[] = [];
  let runs = 0;
  await using loop = startReconcileLoop(
    async () => {
      runs++;
      return { changes: ['ip rule add'] };
    },
    { intervalMs: 3_600_000, log, observe: (repairs) => observed.push(repairs) },
  );
  loop.soon();
  loop.now();
  await expect.poll(() => runs).toBe(1);
  loop.soon();
  await expect.poll(() => observed).toEqual([1]);
  expect(log.lines.map(({ message }) => message)).toEqual([
    'the host fits its VNICs',
    'reconcile repaired the host',
  ]);
});
