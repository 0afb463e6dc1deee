import { expect, test } from 'vitest';
import { createFights } from './fights.ts';

const rule = 'ip -4 rule add priority 512 from all lookup 1000';

function setUp() {
  let now = 0;
  const fights = createFights(() => now);
  const after = (ms: number): void => {
    now += ms;
  };
  return { fights, after };
}

test('three times in a minute are a coincidence, the fourth is a fight', () => {
  const { fights, after } = setUp();
  for (let i = 0; i < 3; i++) {
    expect(fights.made([rule])).toEqual([]);
    after(1_000);
  }
  expect(fights.skip(rule)).toBe(false);
  expect(fights.made([rule, 'another'])).toEqual([
    { change: rule, times: 4, since: 0, until: 8_000 },
  ]);
  expect(fights.skip(rule)).toBe(true);
  expect(fights.skip('another')).toBe(false);
  expect(fights.nextInMs()).toBe(5_000);
});

test('changes that are far apart are none', () => {
  const { fights, after } = setUp();
  for (let i = 0; i < 20; i++) {
    expect(fights.made([rule])).toEqual([]);
    after(21_000);
  }
});

test('each further round waits twice as long, at most five minutes; long quiet is peace', () => {
  const { fights, after } = setUp();
  for (let i = 0; i < 4; i++) fights.made([rule]);
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) {
    const pause = fights.nextInMs()!;
    pauses.push(pause / 1000);
    after(pause);
    expect(fights.skip(rule)).toBe(false);
    fights.made([rule]);
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
  expect(fights.current()).toMatchObject([{ change: rule, times: 12 }]);
  after(300_000 + 600_001);
  expect(fights.current()).toEqual([]);
  expect(fights.made([rule])).toEqual([]);
});
