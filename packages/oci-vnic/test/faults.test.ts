import { expect, test } from 'vitest';
import type { AssignMode, Family } from '../src/index.ts';
import { createFakeCloud, createSimulatedClock } from '../src/testing/index.ts';
import { seededRandom } from '../src/testing/seeded-random.ts';
import { expectBooksMatch, expectConverged, expectUseIsAssigned } from './fixture-books.ts';
import { createNode } from './fixture-node.ts';

const modes: AssignMode[][] = [['block', 'bulk', 'single'], ['bulk', 'single'], ['single']];
const subnets = [
  [{ id: 'subnet-pods', cidrs: ['10.0.0.0/24', '10.0.4.0/22', '2001:db8:0:1::/64'] }],
  [{ id: 'subnet-pods', cidrs: ['10.0.4.0/22', '2001:db8:0:1::/64'] }],
];
/** With both families every pod has an address of each. */
const families: Family[][] = [['inet'], ['inet', 'inet6']];

test.each(Array.from({ length: 24 }, (_, seed) => seed))(
  'random demand, faults and kills, seed %d',
  async (seed) => {
    const random = seededRandom(seed);
    const draw = (below: number): number => Math.floor(random() * below);
    const clock = createSimulatedClock();
    const faults = { throttled: 0.08, serverError: 0.06, lost: 0.1, conflict: 0.05 };
    const cloud = createFakeCloud({
      clock,
      seed,
      subnets: subnets[seed % 2] ?? [],
      faults,
      times: { listLag: [0, seed % 4 === 3 ? 8_000 : 0] },
    });
    const node = createNode(
      cloud,
      clock,
      random,
      { modes: modes[seed % 3] ?? [] },
      { families: families[Math.floor(seed / 6) % 2] ?? [] },
    );
    const other = createNode(cloud, clock, random, { instanceId: 'ocid1.instance.b' });
    let kills = 0;
    for (let round = 0; round < 12; round++) {
      node.pool.setPods(draw(90));
      if (round % 4 === 0) other.pool.setPods(draw(40));
      if (random() < 0.1) node.loseRecords();
      const end = clock.now() + draw(120_000);
      while (clock.now() < end) {
        if (random() < 0.4) node.killAt(1 + draw(12));
        if (await node.step()) kills++;
        if (random() < 0.3) await other.step();
        const context = `seed ${seed}, round ${round}, at ${clock.now()}`;
        expectUseIsAssigned(cloud, node, context);
        expectUseIsAssigned(cloud, other, context);
      }
    }
    expect(kills).toBeGreaterThan(3);
    node.killAt(Number.POSITIVE_INFINITY);
    cloud.setFaults({});
    node.pool.setPods(30);
    await node.settle(700_000);
    const context = `seed ${seed}, in the end`;
    expectUseIsAssigned(cloud, node, context);
    expectBooksMatch(cloud, node, context);
    expectConverged(node, context);
  },
);
