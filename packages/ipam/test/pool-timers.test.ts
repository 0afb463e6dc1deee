import { expect, it } from 'vitest';
import { createPool } from '../src/index.ts';
import { key, textOf } from './pool-setup.ts';

const ask = (name: number) => ({ key: key(name), families: ['inet' as const] });
const signal = new AbortController().signal;

it('wakes by the timers of the process where none are given', async () => {
  const pool = createPool({ cooldownMs: 40 })({ now: () => performance.now() });
  pool.setBlocks([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
  await pool.acquire(ask(1), { signal, waitMs: 0 });
  const [until] = pool.release(key(1)).map((address) => address.until);
  const lease = await pool.acquire(ask(2), { signal, waitMs: 20_000 });
  expect(textOf(lease)).toBe('10.0.0.1');
  expect(performance.now()).toBeGreaterThanOrEqual(until!);
  await expect(pool.acquire(ask(3), { signal, waitMs: 20 })).rejects.toThrow(/waited 20 ms/);
});

it('sets its alarm again if it rings too early', async () => {
  let time = 0;
  const alarms: (() => void)[] = [];
  const pool = createPool({ cooldownMs: 1000 })({
    now: () => time,
    after: (ms, callback) => {
      if (ms <= 1000) alarms.push(callback);
      return () => {};
    },
  });
  pool.setBlocks([{ cidr: '10.0.0.1/32', vnic: 'a' }]);
  pool.restore([], [{ address: '10.0.0.1', until: 1000, block: '10.0.0.1/32', vnic: 'a' }]);
  const waiting = pool.acquire(ask(1), { signal, waitMs: 60_000 });
  time = 999;
  alarms.shift()?.();
  expect(pool.counts().waiting).toBe(1);
  time = 1000;
  alarms.shift()?.();
  expect(textOf(await waiting)).toBe('10.0.0.1');
  expect(alarms).toEqual([]);
});
