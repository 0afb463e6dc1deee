import { ownerTag } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { expectConverged, expectNoLeak, expectUseIsAssigned } from './oci-books.ts';
import { createNode, type OciNode } from './oci-node.ts';
import { startWorld } from './oci-world.ts';

const minute = 60_000;
const hour = 60 * minute;

test('a VNIC detached behind its back: what was on it is not offered, new pods are served, and it heals', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'lost' });
  const node = createNode(world, { modes: ['single'] });
  await world.pass(async () => {
    node.pool.setPods(50);
    await node.rest(10 * minute);
    const lost = node.pool.offered()[0]!.vnic;
    world.cloud.loseVnic(world.cloud.world.vnics.get(lost)!.attachmentId);
    await node.run(3 * minute);
    expect(node.pool.offered().map(({ vnic }) => vnic)).not.toContain(lost);
    expect(
      node
        .manager()
        .state()
        .vnics.map(({ id }) => id),
    ).not.toContain(lost);
    expect(node.pool.served()).toBe(50);
    expectNoLeak(node, 'after the next look');
    node.pool.setPods(50 + 20);
    await node.until('70 pods', () => node.pool.served() === 70, 5 * minute);
    node.pool.setPods(0);
    await node.run(5 * minute);
    node.pool.setPods(50);
    await node.until('50 pods', () => node.pool.served() === 50, 5 * minute);
    await node.rest(10 * minute);
    expectUseIsAssigned(node, 'healed');
    expectNoLeak(node, 'healed');
    expectConverged(node, 'healed');
  });
});

test('addresses deleted behind its back are not offered any more, and replaced', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'deleted' });
  const node = createNode(world, { modes: ['single'] });
  await world.pass(async () => {
    node.pool.setPods(20);
    await node.rest(10 * minute);
    const operator = world.client();
    const { addresses } = world.cloud.books({ tags: { [ownerTag]: world.instanceId } });
    for (const { id } of addresses.slice(0, 5)) await operator.privateIps.delete(id);
    await node.run(3 * minute);
    expectNoLeak(node, 'after the next look');
    node.pool.setPods(0);
    await node.run(2 * minute);
    node.pool.setPods(20);
    await node.until('20 pods', () => node.pool.served() === 20, 5 * minute);
    await node.rest(10 * minute);
    expectUseIsAssigned(node, 'healed');
    expectNoLeak(node, 'healed');
  });
});

test.each([true, false])(
  'skipSourceDestCheck %s: VNICs are made so, and made so again; a new setting changes them',
  async (skipSourceDestCheck) => {
    await using world = await startWorld({ profile: 'oci-like', seed: 'check' });
    const node = createNode(world, { modes: ['block'], settings: { skipSourceDestCheck } });
    const checks = (): boolean[] =>
      world.cloud
        .facts()
        .vnics.filter(({ isPrimary }) => !isPrimary)
        .map((vnic) => vnic.skipSourceDestCheck);
    await world.pass(async () => {
      node.pool.setPods(40);
      await node.rest(10 * minute);
      expect(checks()).toEqual([skipSourceDestCheck]);
      expect(world.cloud.calls.counts().operations['UpdateVnic']).toBeUndefined();
      const { vnic } = node.pool.offered()[0]!;
      await world.client().updateVnic(vnic, { skipSourceDestCheck: !skipSourceDestCheck });
      await node.run(2 * minute);
      expect(checks()).toEqual([skipSourceDestCheck]);
      node.restartWith({ skipSourceDestCheck: !skipSourceDestCheck });
      await node.run(2 * minute);
      expect(checks()).toEqual([!skipSourceDestCheck]);
      expectNoLeak(node, 'in the end');
    });
  },
);

test('a VNIC of others, and addresses of others on ours, are left alone when everything of ours goes', async () => {
  await using world = await startWorld({ profile: 'oci-like', seed: 'foreign' });
  const node = createNode(world, {
    modes: ['single'],
    pool: { warm: 0, families: ['inet'], step: 1 },
  });
  await world.pass(async () => {
    node.pool.setPods(30);
    await node.rest(10 * minute);
    const before = await strangersCome(node);
    node.pool.setPods(60);
    await node.until('60 pods', () => node.pool.served() === 60, 5 * minute);
    node.pool.setPods(0);
    node.pool.wanted = () => ({ inet: { atLeast: 0, atMost: 0 } });
    await node.run(hour);
    const { vnics, addresses } = world.cloud.books({ instanceId: world.instanceId });
    expect(addresses.filter(({ isPrimary }) => !isPrimary)).toEqual(before.addresses);
    expect(vnics.map(({ id }) => id).sort()).toEqual(
      [
        before.vnic,
        ...vnics.filter(({ isPrimary }) => isPrimary).map(({ id }) => id),
        before.ours,
      ].sort(),
    );
    expect(node.manager().waits()).toContainEqual(
      expect.objectContaining({ cause: 'foreign-addresses', subject: before.ours }),
    );
    expect(node.pool.offered()).toEqual([]);
  });
});

/** Somebody attaches a VNIC with an address, and puts two addresses and a block on one of ours. */
async function strangersCome({ world, pool }: OciNode) {
  const { cloud, instanceId, subnetId } = world;
  const operator = world.client();
  const createVnicDetails = { subnetId, displayName: 'of somebody' };
  const attachment = await operator.attachVnic({ instanceId, createVnicDetails });
  await world.sleep(minute);
  const vnic = (await operator.getVnicAttachment(attachment.id)).vnicId!;
  const ours = pool.offered()[0]!.vnic;
  const made = [
    await operator.privateIps.create({ vnicId: vnic }),
    await operator.privateIps.create({ vnicId: ours }),
    await operator.privateIps.create({ vnicId: ours, freeformTags: { [ownerTag]: 'another' } }),
    await operator.privateIps.create({ vnicId: ours, cidrPrefixLength: 30 }),
  ];
  const ids = new Set(made.map(({ id }) => id));
  const addresses = cloud.books().addresses.filter(({ id }) => ids.has(id));
  return { vnic, ours, addresses };
}
