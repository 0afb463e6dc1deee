import { expect, test } from 'vitest';
import {
  createFakeCloud,
  createSimulatedClock,
  type FakeCloudOptions,
} from '../src/testing/index.ts';
import { seededRandom } from '../src/testing/seeded-random.ts';
import { expectBooksMatch, expectConverged, expectUseIsAssigned } from './fixture-books.ts';
import { createNode, instance } from './fixture-node.ts';

const hour = 3_600_000;
const twoCidrs = [{ id: 'subnet-pods', cidrs: ['10.0.0.0/24', '10.0.4.0/22'] }];

function world(
  options: Partial<FakeCloudOptions> = {},
  changes: Parameters<typeof createNode>[3] = {},
) {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, subnets: twoCidrs, ...options });
  const node = createNode(cloud, clock, seededRandom(1), changes);
  const count = (): number => Object.values(cloud.calls()).reduce((sum, calls) => sum + calls, 0);
  return { clock, cloud, node, count };
}

test('the API away for an hour: pods come and go on what there is, and few calls are made', async () => {
  const { cloud, node, count } = world();
  node.pool.setPods(20);
  await node.settle(120_000);
  cloud.setAway(true);
  const before = count();
  for (let minute = 0; minute < 60; minute++) {
    node.pool.setPods(minute % 2 === 0 ? 2 : 20);
    await node.settle(60_000);
    expectUseIsAssigned(cloud, node, `minute ${minute}`);
  }
  expect(node.pool.leased().length).toBeGreaterThanOrEqual(2);
  expect(count() - before).toBeLessThan(100);
  expect(node.manager().waits()).toContainEqual(
    expect.objectContaining({ cause: 'api-unavailable', subject: 'api' }),
  );
  cloud.setAway(false);
  node.pool.setPods(20);
  await node.settle(180_000);
  expectConverged(node, 'the API is back');
  expectBooksMatch(cloud, node, 'the API is back');
});

test('a node that starts while the API is away serves what an earlier process was told', async () => {
  const { cloud, node } = world();
  node.pool.setPods(10);
  await node.settle(120_000);
  const before = node.pool.blocks();
  cloud.setAway(true);
  node.killAt(1);
  while (!(await node.step()));
  node.pool.offer([]);
  await node.settle(30_000);
  expect(node.pool.blocks()).toEqual(before);
  expect(node.manager().state().source).toBe('cache');
  cloud.setAway(false);
  await node.settle(120_000);
  expect(node.manager().state().source).toBe('cloud');
  expectBooksMatch(cloud, node, 'the API is back');
});

test('what an earlier process was told is recalled while the first step still tries', async () => {
  const { cloud, node } = world();
  node.pool.setPods(10);
  await node.settle(120_000);
  const before = node.pool.blocks();
  node.killAt(1);
  while (!(await node.step()));
  node.pool.offer([]);
  await node.manager().recall();
  expect(node.pool.blocks()).toEqual(before);
  expect(node.manager().state().source).toBe('cache');
  await node.settle(120_000);
  await node.manager().recall();
  expect(node.manager().state().source).toBe('cloud');
  expectBooksMatch(cloud, node, 'the cloud has answered');
});

test('the first block of the only CIDR: the subnet is waited for, said with its beginning, and no call is tried', async () => {
  const { clock, cloud, node } = world({
    subnets: [{ id: 'subnet-pods', cidrs: ['10.0.4.0/22'] }],
    times: { subnetUpdating: [600_000, 600_000] },
  });
  node.pool.setPods(60);
  await node.settle(120_000);
  const [wait] = node
    .manager()
    .waits()
    .filter(({ cause }) => cause === 'subnet-updating');
  expect(wait).toMatchObject({ subject: 'subnet-pods' });
  expect(clock.now() - (wait?.since ?? 0)).toBeGreaterThan(60_000);
  expect(node.pool.leased()).toHaveLength(16);
  const refused = cloud.calls().CreatePrivateIp;
  await node.settle(240_000);
  expect(cloud.calls().CreatePrivateIp).toBe(refused);
  await node.settle(400_000);
  expect(node.pool.leased()).toHaveLength(60);
});

test.each([
  ['the VNICs that the instance may have', { limits: { vnics: 2 } }],
  ['the addresses of the subnet', { subnets: [{ id: 'subnet-pods', cidrs: ['10.0.4.0/26'] }] }],
  ['the objects that a VNIC may have', { limits: { objectsPerVnic: 1 } }],
] as const)(
  '%s are used up: what is there serves, and an hour costs few calls',
  async (_, options) => {
    const { cloud, node } = world({ ...options, times: { subnetUpdating: [0, 0] } });
    node.pool.setPods(150);
    await node.settle(300_000);
    expect(node.pool.leased().length).toBeGreaterThanOrEqual(16);
    expect(node.manager().waits().length).toBeGreaterThan(0);
    const writes = (): number =>
      Object.entries(cloud.calls()).reduce(
        (sum, [call, n]) => sum + (/^(Get|List)/.test(call) ? 0 : n),
        0,
      );
    const before = writes();
    await node.settle(hour);
    expect(writes() - before).toBeLessThan(100);
    expectUseIsAssigned(cloud, node, 'after an hour');
  },
);

test('one call is not permitted: it is named, the rest goes on', async () => {
  const { cloud, node } = world();
  node.pool.setPods(10);
  await node.settle(120_000);
  cloud.setForbidden(['AttachVnic']);
  node.pool.setPods(90);
  await node.settle(120_000);
  expect(node.manager().waits()).toContainEqual(
    expect.objectContaining({ cause: 'not-authorized-or-not-found', subject: 'AttachVnic' }),
  );
  expect(node.pool.leased()).toHaveLength(64);
  const attempts = cloud.calls().AttachVnic ?? 0;
  await node.settle(hour);
  expect((cloud.calls().AttachVnic ?? 0) - attempts).toBeLessThan(12);
  cloud.setForbidden([]);
  await node.settle(900_000);
  expect(node.pool.leased()).toHaveLength(90);
});

test('a VNIC detached behind its back is replaced', async () => {
  const { cloud, node } = world();
  node.pool.setPods(50);
  await node.settle(120_000);
  cloud.meddle.detach(node.pool.leased()[0]?.vnic ?? '');
  await node.settle(60_000);
  node.pool.setPods(0);
  await node.settle(60_000);
  node.pool.setPods(50);
  await node.settle(180_000);
  expectConverged(node, 'healed');
  expectUseIsAssigned(cloud, node, 'healed');
  expectBooksMatch(cloud, node, 'healed');
});

test('what others attached and assigned is left alone, also when everything of ours goes', async () => {
  const { cloud, node } = world();
  const theirs = cloud.meddle.attach(instance, 'subnet-pods', { owner: 'somebody' });
  node.pool.setPods(30);
  await node.settle(120_000);
  const vnic = node.pool.leased()[0]?.vnic ?? '';
  const address = cloud.meddle.assign(vnic, {});
  node.pool.setPods(0);
  node.pool.wanted = () => ({ inet: { atLeast: 0, atMost: 0 } });
  await node.settle(hour);
  const left = cloud.books.vnics(instance).map(({ attachmentId }) => attachmentId);
  expect(left).toContain(theirs.attachmentId);
  expect(cloud.books.assignments()).toEqual([address]);
  expect(left).toHaveLength(3);
  expect(node.manager().waits()).toContainEqual(
    expect.objectContaining({ cause: 'foreign-addresses', subject: vnic }),
  );
});

test('what is there and ours is adopted, without records', async () => {
  const { cloud, node } = world();
  node.pool.setPods(30);
  await node.settle(120_000);
  const before = { vnics: cloud.books.vnics(instance), assignments: cloud.books.assignments() };
  node.loseRecords();
  node.killAt(1);
  while (!(await node.step()));
  await node.settle(300_000);
  expect({ vnics: cloud.books.vnics(instance), assignments: cloud.books.assignments() }).toEqual(
    before,
  );
  expect(node.pool.blocks().every(({ draining }) => !draining)).toBe(true);
});

test('a process that is started anew uses at once what is recorded; what it finds unrecorded, only when it would be gone', async () => {
  const soon = [100, 100] as const;
  const times = {
    ...{ read: soon, write: soon, attached: soon },
    ...{ provisioned: soon, subnetUpdating: soon },
  };
  const { clock, node } = world({ times });
  const born = clock.now();
  let pods = 10;
  const restart = async () => {
    // What is wanted makes it act, and so die.
    pods += 20;
    node.pool.setPods(pods);
    node.killAt(1);
    while (!(await node.step()));
    node.pool.offer([]);
  };
  const first = '10.0.4.16/28';
  const usable = () => node.pool.blocks().some(({ cidr, draining }) => cidr === first && !draining);
  const waits = () =>
    node
      .manager()
      .waits()
      .map(({ cause }) => cause);
  node.pool.setPods(pods);
  while (!usable()) await node.step();
  await restart();
  await node.step();
  expect([usable(), waits().includes('records-begun')]).toEqual([true, false]);
  expect(clock.now() - born).toBeLessThan(25_000);

  node.loseRecords();
  await restart();
  await node.step();
  const lost = clock.now();
  expect([usable(), waits().includes('records-begun')]).toEqual([false, true]);
  // What it does not know, the next one does not know either.
  await restart();
  await node.step();
  expect([usable(), waits().includes('records-begun')]).toEqual([false, true]);
  while (!usable()) await node.step();
  expect(clock.now() - lost).toBeGreaterThan(20_000);
  expect(clock.now() - lost).toBeLessThan(45_000);
  expect(waits()).not.toContain('records-begun');
});
