import { expect, test } from 'vitest';
import { quietLog } from '../test/quiet-log.ts';
import { createFights } from './drift/fights.ts';
import { startReconcileLoop } from './reconcile-loop.ts';

const hour = 3_600_000;

function deps(run: () => string[] | Promise<string[]>, repair: 'auto' | 'report' = 'auto') {
  const log = quietLog();
  const observed: number[] = [];
  const skipped: boolean[] = [];
  return {
    log,
    observed,
    skipped,
    fights: createFights(() => performance.now()),
    repair,
    changes: async () => ({ changes: await run() }),
    suspects: async () => ['somebody'],
    observe: (repairs: number) => observed.push(repairs),
    reconcile: async ({ skip }: { skip?(line: string): boolean }) => {
      const changes = await run();
      skipped.push(changes.some((change) => skip?.(change)));
      return { changes: changes.filter((change) => !skip?.(change)) };
    },
    told: () => log.lines.map(({ message }) => message),
  };
}

test('runs when told, one at a time, goes on after a failure, and ends with its last run', async () => {
  let running = 0;
  let runs = 0;
  const given = deps(async () => {
    expect(++running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    running--;
    if (++runs === 1) throw new Error('busy');
    return ['ip rule add'];
  });
  await using loop = startReconcileLoop(given, hour);
  for (let i = 0; i < 10; i++) loop.soon();
  await expect.poll(() => runs).toBe(1);
  loop.soon();
  await expect.poll(() => running, { timeout: 3_000, interval: 5 }).toBe(1);
  await loop[Symbol.asyncDispose]();
  expect({ runs, running, observed: given.observed }).toEqual({
    ...{ runs: 2, running: 0, observed: [1] },
  });
  expect(given.told()).toEqual(['reconcile failed', 'reconcile repaired the host']);
});

test('what was to be made is no repair', async () => {
  let runs = 0;
  const given = deps(() => {
    runs++;
    return ['ip rule add'];
  });
  await using loop = startReconcileLoop(given, hour);
  loop.soon();
  loop.now();
  await expect.poll(() => runs).toBe(1);
  loop.soon();
  await expect.poll(() => given.observed, { timeout: 3_000 }).toEqual([1]);
  expect(given.told()).toEqual(['the host fits its VNICs', 'reconcile repaired the host']);
});

test('a repair that is undone again and again is left for a while, and told with a suspect', async () => {
  const given = deps(() => ['sysctl -w a=1']);
  await using loop = startReconcileLoop(given, 1);
  await expect.poll(() => given.skipped.includes(true), { timeout: 5_000 }).toBe(true);
  expect(loop).toBeDefined();
  const fight = given.log.lines.find(({ level }) => level === 'error');
  expect(fight).toMatchObject({
    message: 'a repair is undone again and again, and is left for a while',
    fields: { change: 'sysctl -w a=1', times: 4, suspects: ['somebody'] },
  });
});

test('where nothing is to be repaired it is told, and what is to be made is made', async () => {
  const given = deps(() => ['ip rule add'], 'report');
  await using loop = startReconcileLoop(given, hour);
  loop.soon();
  await expect.poll(() => given.told()).toEqual(['the host differs; it is not repaired']);
  loop.now();
  await expect.poll(() => given.told()).toContain('the host fits its VNICs');
  expect(given.skipped).toHaveLength(1);
  expect(given.observed).toEqual([]);
});
