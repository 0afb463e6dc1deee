import { expect, test } from 'vitest';
import { expectConverged, expectNoLeak, expectUseIsAssigned } from './oci-books.ts';
import { createNode } from './oci-node.ts';
import { startWorld } from './oci-world.ts';

const minute = 60_000;
const away = { operation: '*', effect: { kind: 'away' } } as const;

test('the API away for an hour: pods come and go on what there is, few calls are made, and it heals', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'away' });
  const { cloud } = world;
  const node = createNode(world, { modes: ['block'] });
  await world.pass(async () => {
    node.pool.setPods(20);
    await node.rest(10 * minute);
    const fault = cloud.faults.inject(away);
    const beforeHour = cloud.calls.counts().total;
    for (let n = 1; n <= 60; n++) {
      const before = cloud.calls.counts().total;
      node.pool.setPods(n % 2 === 0 ? 20 : 2);
      await node.run(minute);
      expect(cloud.calls.counts().total - before, `attempts in minute ${n}`).toBeLessThan(20);
      // A block whose release got no answer may be gone, and is not used again.
      const usable = 16 * node.pool.offered().filter(({ draining }) => !draining).length;
      expect(usable).toBeGreaterThanOrEqual(16);
      expect(node.pool.served(), `pods in minute ${n}`).toBe(
        n % 2 === 0 ? Math.min(20, usable) : 2,
      );
      expectUseIsAssigned(node, `minute ${n}`);
    }
    expect(cloud.calls.counts().total - beforeHour, 'attempts in the hour').toBeLessThan(60 * 10);
    const wait = node
      .manager()
      .waits()
      .find(({ subject }) => subject === 'api');
    expect(wait).toMatchObject({ cause: 'api-unavailable' });
    expect(wait!.detail).toContain('ListVnicAttachments: NoAnswer');
    expect(world.clock.now() - wait!.since).toBeGreaterThan(58 * minute);
    cloud.faults.remove(fault);
    node.pool.setPods(60);
    await node.until('60 pods', () => node.pool.served() === 60, 5 * minute);
    await node.rest(10 * minute);
    expectNoLeak(node, 'the API is back');
    expectConverged(node, 'the API is back');
  });
});

test('what was to be given back serves again while the API is away', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'marks' });
  const node = createNode(world, { modes: ['block'] });
  await world.pass(async () => {
    node.pool.setPods(40);
    await node.rest(10 * minute);
    world.cloud.faults.inject({ operation: 'DeletePrivateIp', effect: { kind: 'deny' } });
    node.pool.setPods(2);
    await node.run(3 * minute);
    expect(node.pool.offered().map(({ draining = false }) => draining)).toContain(true);
    world.cloud.faults.inject(away);
    await node.run(3 * minute);
    node.pool.setPods(40);
    await node.run(minute);
    expect(node.pool.served()).toBe(40);
    expectUseIsAssigned(node, 'away');
  });
});

test('started while the API is away: what an earlier process was told is served, and nothing is changed', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'cold' });
  const node = createNode(world, { modes: ['block'] });
  await world.pass(async () => {
    node.pool.setPods(10);
    await node.rest(10 * minute);
    const [offered, books] = [node.pool.offered(), world.cloud.books()];
    const fault = world.cloud.faults.inject(away);
    node.restartWith({});
    node.pool.offer([]);
    await node.run(minute);
    expect(node.manager().state().source).toBe('cache');
    expect(node.pool.offered()).toEqual(offered);
    node.pool.setPods(14);
    await node.run(5 * minute);
    expect(node.pool.served()).toBe(14);
    expect(world.cloud.books()).toEqual(books);
    world.cloud.faults.remove(fault);
    node.pool.setPods(40);
    await node.until('40 pods', () => node.pool.served() === 40, 5 * minute);
    await node.rest(10 * minute);
    expectNoLeak(node, 'the API is back');
  });
});

test('throttled for an hour: calls become fewer, and stay few', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'storm' });
  const { cloud } = world;
  const node = createNode(world, { modes: ['bulk'] });
  await world.pass(async () => {
    node.pool.setPods(10);
    await node.rest(10 * minute);
    const fault = cloud.faults.inject({ operation: '*', effect: { kind: 'throttle' } });
    node.pool.setPods(60);
    await node.run(5 * minute);
    const before = cloud.calls.counts().total;
    await node.run(55 * minute);
    expect(cloud.calls.counts().total - before).toBeLessThan(55 * 10);
    expect(node.manager().waits()).toContainEqual(
      expect.objectContaining({ cause: 'throttled', subject: 'api' }),
    );
    cloud.faults.remove(fault);
    await node.until('60 pods', () => node.pool.served() === 60, 5 * minute);
    await node.rest(10 * minute);
    expectNoLeak(node, 'the storm is over');
  });
});
