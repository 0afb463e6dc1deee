import { expect, test } from 'vitest';
import { createFakeCloud, createSimulatedClock } from '../src/testing/index.ts';
import { seededRandom } from '../src/testing/seeded-random.ts';
import { expectBooksMatch, expectUseIsAssigned } from './fixture-books.ts';
import { createNode, instance } from './fixture-node.ts';

const subnets = [{ id: 'subnet-pods', cidrs: ['10.0.0.0/24', '10.0.4.0/22'] }];
const single = { modes: ['single' as const] };

test('an address that somebody put on a VNIC since it was read last: the VNIC is not detached', async () => {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, subnets });
  const settings = { ...single, observeEveryMs: 3_600_000 };
  const node = createNode(cloud, clock, seededRandom(1), settings);
  node.pool.setPods(20);
  await node.settle(120_000);
  node.pool.setPods(0);
  node.pool.wanted = () => ({ inet: { atLeast: 0, atMost: 0 } });
  await node.settle(10_000);
  const vnic = node.pool.blocks()[0]?.vnic ?? '';
  const theirs = cloud.meddle.assign(vnic, {});
  await node.settle(300_000);
  expect(cloud.books.assignments()).toEqual([theirs]);
  expect(cloud.books.vnics(instance).map(({ id }) => id)).toContain(vnic);
  expect(cloud.calls().DetachVnic).toBeUndefined();
  expect(node.manager().waits()).toContainEqual(
    expect.objectContaining({ cause: 'foreign-addresses', subject: vnic }),
  );
});

test.each([
  { mode: 'single', pods: 25, call: 'DeletePrivateIp' },
  { mode: 'block', pods: 100, call: 'DetachVnic' },
] as const)(
  'a listing that still shows what was given back: $call once for each, and nothing of it is offered',
  async ({ mode, pods, call }) => {
    const clock = createSimulatedClock();
    const times = { listLag: [9_000, 9_000] as const };
    const cloud = createFakeCloud({ clock, subnets, times });
    const node = createNode(cloud, clock, seededRandom(1), { modes: [mode] });
    const books = () => ({
      DeletePrivateIp: cloud.books.assignments().length,
      DetachVnic: cloud.books.vnics(instance).length,
    });
    node.pool.setPods(pods);
    await node.settle(180_000);
    const before = books()[call];
    const cidrs = cloud.books.assignments().map(({ cidr }) => cidr);
    node.pool.setPods(5);
    for (const end = clock.now() + 120_000; clock.now() < end; ) {
      await node.step();
      await clock.run(node.manager().observe());
      const held = new Set(cloud.books.assignments().map(({ cidr }) => cidr));
      const gone = cidrs.filter((cidr) => !held.has(cidr));
      const offered = node.pool.blocks().filter(({ cidr }) => gone.includes(cidr));
      expect(offered, 'offered though it is gone').toEqual([]);
      expectUseIsAssigned(cloud, node, `at ${clock.now()}`);
    }
    expect(before - books()[call]).toBeGreaterThan(0);
    expect(cloud.calls()[call]).toBe(before - books()[call]);
    node.pool.setPods(60);
    await node.settle(180_000);
    expectUseIsAssigned(cloud, node, 'grown again');
    expectBooksMatch(cloud, node, 'grown again');
  },
);
