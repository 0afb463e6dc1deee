import type { AssignMode } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { createNode } from './oci-node.ts';
import { type OciWorld, startWorld } from './oci-world.ts';

/** From the start of the node's daemon, in simulated seconds; `calls` until there are all. */
interface Pace {
  'first usable': number;
  'all 110': number;
  calls: number;
  VNICs: number;
}

const wanted = 110;
const seeds = ['a', 'b', 'c', 'd', 'e'];

/** As the daemon does it, with the room that a VNIC has by default. */
async function managed(mode: AssignMode, seed: string): Promise<Pace> {
  await using world = await startWorld({ profile: 'oci-like', seed });
  const settings = { skipSourceDestCheck: true };
  const node = createNode(world, { modes: [mode], settings, pool: { warm: 0 } });
  const began = world.clock.now();
  const reached: [number, number][] = [];
  const { offer } = node.pool;
  node.pool.offer = (blocks) => {
    offer(blocks);
    reached.push([node.pool.served(), world.clock.now() - began]);
  };
  const timeOf = (pods: number): number => reached.find(([served]) => served >= pods)?.[1] ?? 0;
  await world.pass(async () => {
    node.pool.setPods(wanted);
    await node.until(`${wanted} pods`, () => node.pool.served() === wanted, 3_600_000);
  });
  return paceOf(world, timeOf(1), timeOf(wanted));
}

/**
 * As Oracle's controller does it: VNICs one after the other, each waited for in steps of 5 s; then addresses, on each
 * VNIC one by one, one more on each for the VNIC itself; told to the node when all are there. 31 addresses a VNIC.
 */
async function oneByOne(seed: string): Promise<Pace> {
  await using world = await startWorld({ profile: 'oci-like', seed });
  const { instanceId, subnetId, sleep, cloud } = world;
  const client = world.client();
  const compartmentId = cloud.tenancyId;
  const look = async (): Promise<string[]> => {
    const attachments = await client.listVnicAttachments({ compartmentId, instanceId });
    const vnics = await Promise.all(attachments.map(({ vnicId = '' }) => client.getVnic(vnicId)));
    await Promise.all(vnics.map((vnic) => client.getSubnet(vnic.subnetId ?? '')));
    return vnics.filter(({ isPrimary }) => !isPrimary).map(({ id }) => id);
  };
  const attach = async (): Promise<void> => {
    const createVnicDetails = { subnetId, skipSourceDestCheck: true };
    const { id } = await client.attachVnic({ instanceId, createVnicDetails });
    for (;;) {
      const { lifecycleState, vnicId } = await client.getVnicAttachment(id);
      if (lifecycleState === 'ATTACHED' && vnicId !== undefined) {
        if ((await client.getVnic(vnicId)).lifecycleState === 'AVAILABLE') return;
      }
      await sleep(5_000);
    }
  };
  const began = world.clock.now();
  await world.pass(async () => {
    await client.getInstance(instanceId);
    await look();
    for (let n = 0; n < Math.ceil(wanted / 31); n++) await attach();
    const vnics = await look();
    const total = wanted + vnics.length;
    await Promise.all(
      vnics.map(async (vnicId, index) => {
        await client.privateIps.list({ vnicId });
        const share = Math.floor(total / vnics.length) + (index < total % vnics.length ? 1 : 0);
        for (let n = 0; n < share; n++) await client.privateIps.create({ vnicId });
      }),
    );
    await Promise.all(vnics.map((vnicId) => client.privateIps.list({ vnicId })));
  });
  const all = world.clock.now() - began;
  return paceOf(world, all, all);
}

test('from start to 110 addresses: sooner, and by fewer calls, than one by one', async () => {
  const rows: Record<string, Pace> = {};
  for (const mode of ['block', 'bulk', 'single'] as const)
    rows[mode] = await medianOf((seed) => managed(mode, seed));
  rows['one by one'] = await medianOf(oneByOne);
  console.table(rows);
  const { block, bulk, single, 'one by one': peer } = rows as Record<string, Pace | undefined>;
  for (const row of [block, bulk, single]) {
    expect(row?.['first usable']).toBeLessThan((peer?.['first usable'] ?? 0) / 2);
    expect(row?.['all 110']).toBeLessThan(peer?.['all 110'] ?? 0);
  }
  expect(block?.calls).toBeLessThan((peer?.calls ?? 0) / 2);
  expect(bulk?.calls).toBeLessThan(peer?.calls ?? 0);
});

function paceOf({ cloud, instanceId }: OciWorld, first: number, all: number): Pace {
  return {
    'first usable': first / 1_000,
    'all 110': all / 1_000,
    calls: cloud.calls.counts().total,
    VNICs: cloud.books({ instanceId }).vnics.length - 1,
  };
}

/** Of each figure the median over the seeds. */
async function medianOf(run: (seed: string) => Promise<Pace>): Promise<Pace> {
  const paces: Pace[] = [];
  for (const seed of seeds) paces.push(await run(seed));
  const middle = (key: keyof Pace): number => {
    const sorted = paces.map((pace) => pace[key]).sort((a, b) => a - b);
    return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
  };
  return {
    'first usable': middle('first usable'),
    'all 110': middle('all 110'),
    calls: middle('calls'),
    VNICs: middle('VNICs'),
  };
}
