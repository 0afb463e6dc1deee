import { expect, test } from 'vitest';
import { type AssignMode, ownerTag } from '../src/index.ts';
import { createFakeCloud, createSimulatedClock } from '../src/testing/index.ts';
import { seededRandom } from '../src/testing/seeded-random.ts';
import { createNode, instance } from './fixture-node.ts';

/** Simulated milliseconds until the first address and until 110, and the calls that were made. */
interface Pace {
  first: number;
  all: number;
  calls: number;
}

const wanted = 110;
const subnets = [{ id: 'subnet-pods', cidrs: ['10.0.0.0/23', '10.0.4.0/22'] }];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9];

async function managed(mode: AssignMode, seed: number): Promise<Pace> {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, seed, subnets });
  const node = createNode(
    cloud,
    clock,
    seededRandom(seed),
    {
      modes: [mode],
      prefixLength: { inet: 27, inet6: 124 },
      limits: {
        vnics: 24,
        objectsPerVnic: { inet: 31, inet6: 31 },
        addressesPerVnic: 256,
        attachingAtOnce: 4,
      },
    },
    { warm: 0 },
  );
  let first = 0;
  let all = 0;
  const offer = node.pool.offer;
  node.pool.offer = (blocks) => {
    offer(blocks);
    if (first === 0 && node.pool.leased().length > 0) first = clock.now();
    if (all === 0 && node.pool.leased().length >= wanted) all = clock.now();
  };
  node.pool.setPods(wanted);
  while (all === 0) await node.step();
  return { first, all, calls: sum(cloud.calls()) };
}

/** As Oracle's controller does: VNICs one after the other, then addresses, on each VNIC one by one; told at the end. */
async function oneByOne(seed: number): Promise<Pace> {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, seed, subnets });
  const api = cloud.api(instance);
  const tags = { [ownerTag]: instance };
  let token = 0;
  const vnics: string[] = [];
  const work = async (): Promise<void> => {
    await api.listVnics();
    await api.getSubnet('subnet-pods');
    for (let n = 0; n < Math.ceil(wanted / 31); n++) {
      const ask = {
        subnetId: 'subnet-pods',
        nsgIds: [],
        displayName: '',
        tags,
        assignIpv6: false,
        skipSourceDestCheck: true,
      };
      const { attachmentId } = await api.attachVnic(ask, { retryToken: `t${token++}` });
      for (;;) {
        const found = (await api.listVnics()).find((vnic) => vnic.attachmentId === attachmentId);
        if (found?.lifecycle === 'attached' && found.id) {
          vnics.push(found.id);
          break;
        }
        await clock.sleep(5_000);
      }
    }
    const total = wanted + vnics.length;
    await Promise.all(
      vnics.map(async (vnicId, index) => {
        const count = Math.floor(total / vnics.length) + (index < total % vnics.length ? 1 : 0);
        for (let n = 0; n < count; n++)
          await api.assign({ vnicId, family: 'inet', tags }, { retryToken: `t${token++}` });
      }),
    );
    await Promise.all(vnics.map((vnicId) => api.listAssignments(vnicId)));
  };
  await clock.run(work());
  return { first: clock.now(), all: clock.now(), calls: sum(cloud.calls()) };
}

test('from start to 110 addresses: less time and far fewer calls than one by one', async () => {
  const rows: Record<string, Pace> = {};
  for (const mode of ['block', 'bulk', 'single'] as const)
    rows[mode] = median(await Promise.all(seeds.map((seed) => managed(mode, seed))));
  rows['one by one'] = median(await Promise.all(seeds.map(oneByOne)));
  console.table(rows);
  const { block, bulk, single, 'one by one': peer } = rows as Record<string, Pace | undefined>;
  for (const row of [block, bulk, single]) {
    expect(row?.first).toBeLessThan((peer?.first ?? 0) / 2);
    expect(row?.all).toBeLessThan(peer?.all ?? 0);
  }
  expect(block?.calls).toBeLessThan((peer?.calls ?? 0) / 4);
  expect(bulk?.calls).toBeLessThan((peer?.calls ?? 0) / 2);
});

function sum(calls: Record<string, number>): number {
  return Object.entries(calls).reduce(
    (total, [call, n]) => (call === 'LaunchInstance' ? total : total + n),
    0,
  );
}

function median(paces: Pace[]): Pace {
  const middle = (key: keyof Pace): number => {
    const sorted = paces.map((pace) => pace[key]).sort((a, b) => a - b);
    return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  };
  return { first: middle('first'), all: middle('all'), calls: middle('calls') };
}
