import type { AssignMode } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { expectConverged, expectNoLeak, expectUseIsAssigned } from './oci-books.ts';
import { createNode } from './oci-node.ts';
import { startWorld } from './oci-world.ts';

const minute = 60_000;
const small = {
  vnics: 8,
  objectsPerVnic: { inet: 8, inet6: 8 },
  addressesPerVnic: 16,
  attachingAtOnce: 4,
};

interface Deaths {
  mode: AssignMode;
  /** The process dies at the first moment, and at every so manieth one after: a call, a save, before, in or after it. */
  first: number;
  every: number;
  losesRecords: boolean;
}

/** Grows, shrinks, grows, dying all the while. Answers how often. */
async function live({ mode, first, every, losesRecords }: Deaths): Promise<number> {
  await using world = await startWorld({ profile: 'oci-like', seed: `${mode} ${first}` });
  const settings = {
    limits: small,
    observeEveryMs: 5 * minute,
    prefixLength: { inet: 29, inet6: 80 },
  };
  const node = createNode(world, { modes: [mode], settings });
  const context = `${mode}, killed at ${first}`;
  let kills = 0;
  const step = async (): Promise<void> => {
    if (await node.step()) {
      kills++;
      node.fate.dieAt(every);
      if (losesRecords) node.loseRecords();
    }
    expectUseIsAssigned(node, context);
  };
  await world.pass(async () => {
    node.fate.dieAt(first);
    for (const pods of [12, 1, 6]) {
      node.pool.setPods(pods);
      for (const end = world.clock.now() + minute; world.clock.now() < end; ) await step();
    }
    node.fate.dieAt(Number.POSITIVE_INFINITY);
    await node.until('6 pods', () => node.pool.served() === 6, 10 * minute);
    await node.run(6 * minute);
    await node.rest(10 * minute);
    expectUseIsAssigned(node, context);
    expectNoLeak(node, context);
    expectConverged(node, context);
  });
  return kills;
}

test.each([
  { mode: 'block', every: 13, losesRecords: false },
  { mode: 'bulk', every: 13, losesRecords: false },
  { mode: 'single', every: 13, losesRecords: false },
  { mode: 'block', every: 37, losesRecords: true },
  { mode: 'bulk', every: 37, losesRecords: true },
  { mode: 'single', every: 37, losesRecords: true },
] as const)(
  '$mode, every $every moments, records lost: $losesRecords: nothing leaks, nothing is assigned twice',
  async ({ every, ...deaths }) => {
    let kills = 0;
    const stride = deaths.losesRecords ? 5 : 2;
    for (let first = 1; first <= every; first += stride)
      kills += await live({ ...deaths, first, every });
    expect(kills).toBeGreaterThan(7);
  },
);

const calls = [
  { call: 'attachVnic', mode: 'single', before: 0, demand: 12, after: 0 },
  { call: 'create', mode: 'block', before: 0, demand: 30, after: 20 },
  { call: 'create', mode: 'single', before: 0, demand: 12, after: 0 },
  { call: 'bulkCreate', mode: 'bulk', before: 0, demand: 12, after: 12 },
  { call: 'delete', mode: 'single', before: 15, demand: 2, after: 15 },
  { call: 'delete', mode: 'block', before: 30, demand: 2, after: 30 },
  { call: 'detachVnic', mode: 'single', before: 15, demand: 2, after: 15 },
] as const;

test.each(calls.flatMap((one) => [false, true].map((losesRecords) => ({ ...one, losesRecords }))))(
  '$mode: death while $call is on its way, records lost: $losesRecords; then $after pods are wanted',
  async ({ call, mode, before, demand, after, losesRecords }) => {
    await using world = await startWorld({ profile: 'oci-like', seed: call });
    const limits = { ...small, addressesPerVnic: 64 };
    const node = createNode(world, { modes: [mode], settings: { limits } });
    await world.pass(async () => {
      node.pool.setPods(before);
      await node.rest(5 * minute);
      node.fate.dieSending(call);
      node.pool.setPods(demand);
      let died = false;
      for (const end = world.clock.now() + 5 * minute; !died && world.clock.now() < end; )
        died = await node.step(1_000);
      expect(died, `it died while ${call} was on its way`).toBe(true);
      if (losesRecords) node.loseRecords();
      node.pool.setPods(after);
      for (const end = world.clock.now() + 3 * minute; world.clock.now() < end; ) {
        await node.step(1_000);
        expectUseIsAssigned(node, call);
      }
      await node.until('its pods', () => node.pool.served() === after, 5 * minute);
      await node.rest(10 * minute);
      expectNoLeak(node, call);
      expectConverged(node, call);
    });
  },
);
