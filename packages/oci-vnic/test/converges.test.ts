import { expect, test } from 'vitest';
import { createFakeCloud, createSimulatedClock } from '../src/testing/index.ts';
import { seededRandom } from '../src/testing/seeded-random.ts';
import { createNode, instance } from './fixture-node.ts';

test('a node comes to hold what is wanted, and gives back what is not', async () => {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({
    clock,
    subnets: [{ id: 'subnet-pods', cidrs: ['10.0.0.0/24', '10.0.4.0/22'] }],
  });
  const node = createNode(cloud, clock, seededRandom(1));
  node.pool.setPods(100);
  await node.settle(120_000);
  expect(node.pool.leased()).toHaveLength(100);
  expect(cloud.books.vnics(instance)).toHaveLength(3);
  expect(cloud.books.assignments().map(({ cidr }) => cidr)).toEqual(
    node.pool.blocks().map(({ cidr }) => cidr),
  );
  const changes = (): number => changesOf(cloud.calls());
  const before = changes();
  await node.settle(100_000);
  expect(changes()).toBe(before);

  node.pool.setPods(0);
  await node.settle(300_000);
  expect(cloud.books.vnics(instance)).toHaveLength(2);
  expect(node.pool.capacity()).toBeLessThanOrEqual(24);
  expect(node.manager().waits()).toEqual([]);
});

function changesOf(calls: Record<string, number>): number {
  return Object.entries(calls).reduce(
    (sum, [call, count]) => (/^(Get|List)/.test(call) ? sum : sum + count),
    0,
  );
}
