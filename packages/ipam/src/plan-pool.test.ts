import { expect, test } from 'vitest';
import { type PoolDemand, type PoolPolicy, planPool } from './plan-pool.ts';

const none: PoolDemand = { leased: 0, cooling: 0, free: 0, waiting: 0 };
const policy: PoolPolicy = { warm: 4, min: 8, max: 110, step: 16 };
const inet = (demand: Partial<PoolDemand>, changed: Partial<PoolPolicy> = {}) =>
  planPool({ inet: { ...none, ...demand }, inet6: none }, { ...policy, ...changed }).inet;

test('an empty pool is filled to the minimum, a busy one keeps the warm target', () => {
  expect(inet({}).add).toBe(8);
  expect(inet({ leased: 14, free: 2 })).toMatchObject({ atLeast: 18, add: 2, giveBack: 0 });
  expect(inet({ leased: 10, free: 6 }).add).toBe(0);
});

test('never more than the maximum of pods, warm ones among them', () => {
  expect(inet({ leased: 108, free: 0 }).add).toBe(2);
  expect(inet({ leased: 110, waiting: 50 }).add).toBe(0);
  expect(inet({ leased: 100, free: 10, waiting: 3 }).add).toBe(0);
});

test('a cooling address keeps the pool warm, but serves nobody who waits', () => {
  expect(inet({ leased: 6, cooling: 10 }).add).toBe(0);
  expect(inet({ leased: 6, cooling: 10, waiting: 3 }).add).toBe(3);
  expect(inet({ leased: 6, cooling: 104, waiting: 3 }).add).toBe(3);
});

test('what was given out is not taken back at once, and what is too much is', () => {
  expect(inet({ leased: 30, free: 2 }).giveBack).toBe(0);
  expect(inet({ leased: 2, free: 26 }).giveBack).toBe(0);
  expect(inet({ leased: 2, free: 62 })).toMatchObject({ atMost: 28, giveBack: 36 });
});

test('both families are planned on their own', () => {
  const plan = planPool({ inet: { ...none, free: 8 }, inet6: { ...none, waiting: 9 } }, policy);
  expect([plan.inet.add, plan.inet6.add]).toEqual([0, 13]);
});

test.each([
  [{ warm: -1 }, 'warm is -1: give a whole number from 0'],
  [{ step: 0 }, 'step is 0: give a whole number from 1'],
  [{ max: Number.NaN }, 'max is NaN: give a whole number from 0'],
  [{ min: 200 }, 'min is 200, above max, which is 110: lower min or raise max'],
])('a policy that makes no sense is refused: %o', (changed, message) => {
  expect(() => inet({}, changed)).toThrow(message);
});

test('any demand and policy: one application settles it, and a repeat asks for nothing more', () => {
  const draw = generator(7);
  for (let round = 0; round < 20_000; round++) {
    const max = draw(300);
    const chosen = { warm: draw(40), min: draw(max + 1), max, step: 1 + draw(64) };
    const demand = { leased: draw(300), cooling: draw(60), free: draw(300), waiting: draw(80) };
    const plan = inet(demand, chosen);
    const total = demand.leased + demand.cooling + demand.free;
    const context = JSON.stringify({ chosen, demand, plan });

    expect(Math.min(plan.add, plan.giveBack), context).toBe(0);
    expect(plan.giveBack, context).toBeLessThanOrEqual(demand.free);
    if (plan.add > 0) expect(total + plan.add, context).toBeLessThanOrEqual(max + demand.cooling);

    const added = Math.ceil(plan.add / chosen.step) * chosen.step;
    const returned = Math.floor(plan.giveBack / chosen.step) * chosen.step;
    const settled = inet({ ...demand, free: demand.free + added - returned }, chosen);
    expect(settled.add, context).toBe(0);
    expect(settled.giveBack, context).toBeLessThan(chosen.step);
  }
});

test('demand that swings within the band moves nothing', () => {
  const draw = generator(11);
  let total = 40;
  let changes = 0;
  for (let round = 0; round < 2_000; round++) {
    const leased = 40 + draw(9);
    const { add, giveBack } = inet({ leased, free: Math.max(0, total - leased) });
    if (add > 0 || giveBack >= 16) changes++;
    total += Math.ceil(add / 16) * 16 - Math.floor(giveBack / 16) * 16;
  }
  expect(changes).toBe(1);
});

/** Whole numbers from 0, below the bound; the same for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
