import { expect, test } from 'vitest';
import type { AssignMode, Family } from '../src/index.ts';
import { createFakeCloud, createSimulatedClock } from '../src/testing/index.ts';
import { seededRandom } from '../src/testing/seeded-random.ts';
import { expectBooksMatch, expectConverged, expectUseIsAssigned } from './fixture-books.ts';
import { createNode, instance } from './fixture-node.ts';

/** Grows, shrinks, and rests; answers whether the process died on the way. */
async function live(mode: AssignMode, killAt: number, families: Family[]): Promise<boolean> {
  const clock = createSimulatedClock();
  const cidrs = ['10.0.0.0/24', '10.0.4.0/22', '2001:db8:0:1::/64'];
  const subnets = [{ id: 'subnet-pods', cidrs }];
  const cloud = createFakeCloud({ clock, subnets, seed: killAt });
  const limits = {
    vnics: 8,
    objectsPerVnic: { inet: 12, inet6: 12 },
    addressesPerVnic: 32,
    attachingAtOnce: 4,
  };
  const settings = { modes: [mode], limits };
  const node = createNode(cloud, clock, seededRandom(killAt), settings, { families });
  const context = `${mode}, killed at ${killAt}`;
  let killed = false;
  node.killAt(killAt);
  for (const [pods, forMs] of [
    [30, 60_000],
    [2, 120_000],
    [12, 90_000],
  ] as const) {
    node.pool.setPods(pods);
    const end = clock.now() + forMs;
    while (clock.now() < end) {
      killed = (await node.step()) || killed;
      expectUseIsAssigned(cloud, node, context);
    }
  }
  expectConverged(node, context);
  expectBooksMatch(cloud, node, context);
  const tokens = cloud.books.vnics(instance).map(({ displayName }) => displayName);
  expect(new Set(tokens).size, context).toBe(tokens.length);
  return killed;
}

test.each([
  { mode: 'block', families: ['inet'] },
  { mode: 'bulk', families: ['inet'] },
  { mode: 'single', families: ['inet'] },
  { mode: 'block', families: ['inet', 'inet6'] },
  { mode: 'bulk', families: ['inet', 'inet6'] },
] as { mode: AssignMode; families: Family[] }[])(
  '$mode mode, $families: death before and after every call and save',
  async ({ mode, families }) => {
    let deaths = 0;
    for (let nth = 1; await live(mode, nth, families); nth++) deaths = nth;
    expect(deaths).toBeGreaterThan(60);
  },
);
