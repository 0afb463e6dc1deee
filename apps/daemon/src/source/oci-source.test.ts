import { createPool } from '@vcn-cni/ipam';
import { createFakeCloud, type SimulatedClock } from '@vcn-cni/oci-vnic/testing';
import { expect, test } from 'vitest';
import { quietLog } from '../../test/quiet-log.ts';
import { configSchema } from '../config/schema.ts';
import type { Offer } from '../node/offer.ts';
import type { AddressSource } from './address-source.ts';
import { createOciSource, type OciPlace } from './oci-source.ts';
import { createOutage } from './outage.ts';

const instanceId = 'ocid1.instance.a';
const subnet = 'ocid1.subnet.a';
const now = () => performance.now();
/** The time of the day: what the source itself sleeps is not simulated. */
const clock: SimulatedClock = {
  now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  run: (promise) => promise,
};
const atOnce = [0, 0] as const;
const times = {
  ...{ read: atOnce, write: atOnce, provisioned: atOnce, attached: atOnce },
  ...{ detached: atOnce, ipv6Provisioned: atOnce, subnetUpdating: atOnce },
};

/** A daemon's source in a cloud of its own, and the pool it fills. */
function createNode(options: { locate?: () => Promise<OciPlace> } = {}) {
  const cloud = createFakeCloud({
    clock,
    times,
    subnets: [{ id: subnet, cidrs: ['10.0.64.0/20'] }],
  });
  const log = quietLog();
  const config = configSchema.parse({
    pool: { mode: 'oci', families: ['inet'], warm: 2, min: 2, max: 40 },
    oci: { subnets: [subnet], assign: ['single'] },
  });
  let kept: string | undefined;
  const pool = createPool({ families: ['inet'] })({ now, changed: () => source.demandChanged() });
  const locate =
    options.locate ??
    (async () => ({
      instanceId,
      api: cloud.api(instanceId),
      vnicLimit: 4,
      routers: async () => new Map(),
    }));
  const offers: Offer[] = [];
  const source: AddressSource = createOciSource(config, {
    ...{ locate, pool, now, log, outage: createOutage(now) },
    records: {
      load: () => kept,
      save: (text) => {
        kept = text;
      },
    },
  });
  return {
    ...{ cloud, log, pool, offers, source },
    start: () =>
      source.start((offer) => {
        offers.push(offer);
        pool.setBlocks(offer.blocks);
      }),
    free: () => pool.counts().free,
  };
}

const lease = (node: ReturnType<typeof createNode>, n: number) =>
  node.pool.acquire(
    { key: { network: 'pods', containerId: `${n}`, ifname: 'eth0' }, families: ['inet'] },
    { signal: AbortSignal.timeout(10_000), waitMs: 10_000 },
  );

test('it attaches, assigns and offers; demand wakes it; its end ends it', async () => {
  const node = createNode();
  const { source, cloud } = node;
  expect([source.origin(), source.vnics(), source.growing()]).toEqual(['none', [], false]);
  node.start();
  await expect.poll(node.free, { timeout: 10_000 }).toBe(2);
  expect(source.origin()).toBe('cloud');
  expect(source.vnics()).toMatchObject([{ subnet, state: 'attached' }]);
  expect(node.offers.at(-1)!.vnics).toMatchObject([{ id: source.vnics()[0]!.id }]);
  await expect.poll(() => source.growing()).toBe(false);

  const calls = () => cloud.calls()['CreatePrivateIp'];
  const before = calls()!;
  // Nothing else would wake it for another minute.
  const leases = await Promise.all([1, 2, 3, 4, 5].map((n) => lease(node, n)));
  expect(new Set(leases.flatMap(({ addresses }) => addresses.map((a) => a.address))).size).toBe(5);
  await expect.poll(calls).toBe(before + 5);

  await source[Symbol.asyncDispose]();
  const total = JSON.stringify(cloud.calls());
  node.pool.release({ network: 'pods', containerId: '1', ifname: 'eth0' });
  await lease(node, 6);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(JSON.stringify(cloud.calls())).toBe(total);
  expect(cloud.books.assignments()).toHaveLength(7);
});

test('a place that cannot be found out is waited for, and told; the end ends that too', async () => {
  const unreachable = Object.assign(new Error('no answer'), { reason: 'unreachable', url: 'U' });
  const node = createNode({ locate: () => Promise.reject(unreachable) });
  node.start();
  await expect.poll(() => node.source.waits()).toMatchObject([{ cause: 'unreachable' }]);
  expect(node.source.origin()).toBe('none');
  await node.source[Symbol.asyncDispose]();
  expect(node.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what the service refuses is a wait, and no loop of calls', async () => {
  const node = createNode();
  node.cloud.setForbidden(['AttachVnic']);
  node.start();
  const told = { cause: 'not-authorized-or-not-found', subject: 'AttachVnic' };
  await expect.poll(() => node.source.waits()).toMatchObject([told]);
  for (let n = 0; n < 5; n++) {
    node.source.demandChanged();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(node.cloud.calls()['AttachVnic']).toBe(1);
  await node.source[Symbol.asyncDispose]();
});

test('a card that is gone makes it look into the cloud at once; one that comes, while one is awaited', async () => {
  const node = createNode();
  const { source, cloud } = node;
  node.start();
  await expect.poll(node.free, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => source.growing()).toBe(false);
  const reads = () => cloud.calls()['ListVnicAttachments']!;
  const before = reads();
  source.cardsChanged('new');
  source.demandChanged();
  await expect.poll(() => source.waits()).toEqual([]);
  expect(reads()).toBe(before);
  source.cardsChanged('gone');
  await expect.poll(reads).toBe(before + 1);
  await source[Symbol.asyncDispose]();
});
