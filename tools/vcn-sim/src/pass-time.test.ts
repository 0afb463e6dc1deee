import { expect, test } from 'vitest';
import { createManualClock } from './manual-clock.ts';
import { passTime } from './pass-time.ts';

const clock = createManualClock(0);
const sleep = (ms: number) => new Promise<void>((done) => void clock.after(ms, done));

test('an hour passes at once, and a day is not waited for', async () => {
  clock.after(86_400_000, () => {});
  const work = async () => {
    for (let n = 0; n < 60; n++) await sleep(60_000);
    return clock.now();
  };
  expect(await passTime(clock, work())).toBe(3_600_000);
});

test('what fails, fails', async () => {
  const work = sleep(10).then(() => Promise.reject(new Error('no')));
  await expect(passTime(clock, work)).rejects.toThrow('no');
});
