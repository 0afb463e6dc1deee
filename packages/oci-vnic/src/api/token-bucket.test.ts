import { expect, test } from 'vitest';
import { leapClock } from './testing/leap-clock.ts';
import { createTokenBucket } from './token-bucket.ts';

test('a burst goes at once, then one after the other', async () => {
  const clock = leapClock();
  const bucket = createTokenBucket({ perSecond: 10, burst: 2 })(clock);
  for (let taken = 0; taken < 4; taken += 1) expect(await bucket.take(1000)).toBe(true);
  expect(clock.pauses).toEqual([100, 100]);
  clock.leap(60_000);
  await bucket.take(0);
  await bucket.take(0);
  expect(await bucket.take(99)).toBe(false);
});

test('those who come together wait one behind the other', async () => {
  const waits: number[] = [];
  const still = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) };
  const bucket = createTokenBucket({ perSecond: 10, burst: 1 })(still);
  await Promise.all([1, 2, 3].map(() => bucket.take(1000)));
  expect(waits).toEqual([100, 200]);
});

test('who gives up spends nothing', async () => {
  const reason = new Error('enough');
  const waits: number[] = [];
  let give = true;
  const clock = {
    now: () => 0,
    async sleep(ms: number) {
      if (give) throw reason;
      waits.push(ms);
    },
  };
  const bucket = createTokenBucket({ perSecond: 10, burst: 1 })(clock);
  await bucket.take(1000);
  await expect(bucket.take(1000)).rejects.toBe(reason);
  give = false;
  await bucket.take(1000);
  expect(waits).toEqual([100]);
});

test('a rate that lets nothing pass is refused by name', () => {
  expect(() => createTokenBucket({ perSecond: 0, burst: 1 })).toThrow('perSecond: 0');
  expect(() => createTokenBucket({ perSecond: 1, burst: 0 })).toThrow('burst: 0');
});
