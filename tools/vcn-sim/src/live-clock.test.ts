import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLiveClock } from './live-clock.ts';

test('a timer set after an idle time is not put off by it', async () => {
  const clock = createLiveClock();
  await sleep(300);
  let rang = false;
  clock.after(20, () => {
    rang = true;
  });
  await sleep(200);
  expect(rang).toBe(true);
});

test('pushed forward, what waits comes at once', () => {
  const clock = createLiveClock();
  let rang = false;
  clock.after(60_000, () => {
    rang = true;
  });
  clock.advance(60_000);
  expect(rang).toBe(true);
});
