import type { AssignMode } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { expectConverged, expectNoLeak, expectUseIsAssigned } from './oci-books.ts';
import { createNode, type OciNode } from './oci-node.ts';
import { startWorld } from './oci-world.ts';

const minute = 60_000;
const hour = 60 * minute;

interface Case {
  call: string;
  modes: AssignMode[];
  statement: string;
  /** Pods that are served though it is not permitted, of 60 wanted. */
  served: number;
}

const cases: Case[] = [
  { call: 'AttachVnic', modes: ['single'], statement: 'manage vnic-attachments', served: 31 },
  {
    call: 'CreatePrivateIp',
    modes: ['block', 'bulk'],
    statement: 'manage private-ips',
    served: 60,
  },
  { call: 'CreatePrivateIp', modes: ['single'], statement: 'manage private-ips', served: 14 },
  {
    call: 'BulkCreatePrivateIps',
    modes: ['bulk', 'single'],
    statement: 'manage private-ips',
    served: 60,
  },
  { call: 'DeletePrivateIp', modes: ['single'], statement: 'manage private-ips', served: 60 },
  { call: 'DetachVnic', modes: ['single'], statement: 'manage vnic-attachments', served: 60 },
  { call: 'UpdateVnic', modes: ['block'], statement: 'use vnics', served: 60 },
  { call: 'GetSubnet', modes: ['block'], statement: 'read subnets', served: 60 },
];

test.each(cases)(
  '$call, wanted as $modes: it is named with its policy, the rest goes on',
  async ({ call, modes, statement, served }) => {
    await using world = await startWorld({ profile: 'oci-like', seed: call });
    const { cloud } = world;
    const node = createNode(world, { modes, settings: { observeEveryMs: 5 * minute } });
    const attempts = () =>
      Object.values(cloud.calls.counts().operations[call] ?? {}).reduce((sum, n) => sum + n, 0);
    await world.pass(async () => {
      node.pool.setPods(10);
      await node.rest(10 * minute);
      const fault = cloud.faults.inject({ operation: call, effect: { kind: 'deny' } });
      await somebodyChanges(node);
      node.pool.setPods(60);
      await node.run(5 * minute);
      expect(node.pool.served()).toBe(served);
      node.pool.setPods(10);
      await node.run(5 * minute);
      node.pool.setPods(60);
      await node.run(5 * minute);
      expect(node.pool.served()).toBe(served);
      expectUseIsAssigned(node, 'not permitted');
      const wait = node.told.get(`not-authorized-or-not-found ${call}`);
      expect(wait?.detail, JSON.stringify([...node.told.values()])).toMatch(`${call}: 404`);
      expect(wait?.detail).toContain('a policy is missing: allow dynamic-group');
      expect(wait?.detail).toContain(statement);
      node.pool.setPods(call.startsWith('De') ? 10 : 60);
      const before = attempts();
      await node.run(hour);
      expect(attempts() - before, 'attempts in an hour').toBeLessThan(25);

      cloud.faults.remove(fault);
      node.pool.setPods(60);
      await node.until('60 pods', () => node.pool.served() === 60, 20 * minute);
      node.pool.setPods(3);
      await node.rest(hour);
      expectUseIsAssigned(node, 'permitted again');
      expectNoLeak(node, 'permitted again');
      expectConverged(node, 'permitted again');
    });
  },
);

test.each([
  ['ListVnicAttachments', 'read vnic-attachments'],
  ['GetVnic', 'read vnics'],
  ['ListPrivateIps', 'read private-ips'],
])('%s: without it nothing can be changed, and what is there serves', async (call, statement) => {
  await using world = await startWorld({ profile: 'oci-like', seed: call });
  const { cloud } = world;
  const node = createNode(world, { modes: ['block'], settings: { observeEveryMs: 5 * minute } });
  await world.pass(async () => {
    node.pool.setPods(10);
    await node.rest(10 * minute);
    const fault = cloud.faults.inject({ operation: call, effect: { kind: 'deny' } });
    await node.run(5 * minute);
    node.pool.setPods(0);
    await node.run(minute);
    node.pool.setPods(14);
    await node.run(minute);
    expect(node.pool.served()).toBe(14);
    const [wait] = node.manager().waits();
    expect(wait).toMatchObject({ cause: 'not-authorized-or-not-found' });
    expect(wait!.detail).toContain(`${call}: 404`);
    expect(wait!.detail).toContain(statement);
    const before = cloud.calls.counts().total;
    await node.run(hour);
    expect(cloud.calls.counts().total - before, 'attempts in an hour').toBeLessThan(60);
    cloud.faults.remove(fault);
    node.pool.setPods(60);
    await node.until('60 pods', () => node.pool.served() === 60, 20 * minute);
    await node.rest(hour);
    expectNoLeak(node, 'permitted again');
  });
});

/** Turns the source check of a VNIC of ours off, which asks for UpdateVnic. */
async function somebodyChanges({ world, pool }: OciNode): Promise<void> {
  const { cloud } = world;
  const vnic = cloud.world.vnics.get(pool.offered()[0]!.vnic)!;
  vnic.skipSourceDestCheck = true;
  vnic.revision += 1;
}
