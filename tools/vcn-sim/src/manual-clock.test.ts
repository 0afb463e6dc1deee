import { expect, test } from 'vitest';
import { createManualClock } from './manual-clock.ts';

test('what falls due runs in order, each at its own time', () => {
  const clock = createManualClock(0);
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.now()]);
  clock.after(20, note('late'));
  clock.after(10, () => {
    note('early')();
    clock.after(5, note('between'));
  });
  const cancel = clock.after(12, note('never'));
  cancel();
  expect(clock.next()).toBe(10);
  clock.advance(18);
  expect([seen, clock.now()]).toEqual([
    [
      ['early', 10],
      ['between', 15],
    ],
    18,
  ]);
  clock.advance(2);
  expect(seen.at(-1)).toEqual(['late', 20]);
  expect(clock.next()).toBeUndefined();
});

test('what falls due together runs in the order in which it was set', () => {
  const clock = createManualClock(0);
  const seen: string[] = [];
  for (const name of ['one', 'two', 'three']) clock.after(10, () => void seen.push(name));
  clock.advance(10);
  expect(seen).toEqual(['one', 'two', 'three']);
});
