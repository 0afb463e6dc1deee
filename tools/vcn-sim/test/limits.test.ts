import { createManualClock } from '@vcn-cni/vcn-sim';
import { expect, test } from 'vitest';
import { type Ask, createAsker } from './caller.ts';
import { smallEstate } from './estate.ts';

function setUp(limits = {}) {
  const estate = smallEstate({ clock: createManualClock(), limits });
  return { ...estate, ask: createAsker(estate.cloud) };
}

async function attach(
  { ask, cloud }: { ask: Ask; cloud: ReturnType<typeof setUp>['cloud'] },
  instanceId: string,
  details: object,
): Promise<string> {
  const { body } = await ask('POST', '/vnicAttachments', {
    instanceId,
    createVnicDetails: details,
  });
  cloud.clock.advance(20);
  return (await ask('GET', `/vnicAttachments/${body.id}`)).body.vnicId;
}

test.each([
  ['VM.Standard.E4.Flex', 1, 2],
  ['VM.Standard.E4.Flex', 5, 5],
  ['VM.Standard.E4.Flex', 64, 24],
  ['VM.Optimized3.Flex', 3, 6],
  ['VM.Standard2.4', 4, 4],
  ['VM.Standard.E2.1.Micro', 1, 1],
])('%s with %d OCPUs has %d VNICs and no more', async (shape, ocpus, vnics) => {
  const { cloud, nodes, pods, ask } = setUp();
  const createVnicDetails = { subnetId: nodes.id };
  const { id: instanceId } = cloud.launchInstance({ shape, ocpus, createVnicDetails });
  const wanted = { instanceId, createVnicDetails: { subnetId: pods.id } };
  for (let has = 1; has < vnics; has++) {
    expect((await ask('POST', '/vnicAttachments', wanted)).status).toBe(200);
  }
  expect(await ask('POST', '/vnicAttachments', wanted)).toMatchObject({
    status: 400,
    code: 'LimitExceeded',
  });
  expect(cloud.books({ instanceId }).vnics).toHaveLength(vnics);
});

test('a VNIC has so many secondary addresses, a block counting as one, of each family', async () => {
  const estate = setUp({ privateIpsPerVnic: 2, ipv6sPerVnic: 2 });
  const { ask, pods, instance } = estate;
  const vnicId = await attach(estate, instance.id, { subnetId: pods.id, assignIpv6Ip: true });
  const full = { status: 400, code: 'LimitExceeded' };
  expect((await ask('POST', '/privateIps', { vnicId, cidrPrefixLength: 28 })).status).toBe(200);
  const { body: second } = await ask('POST', '/privateIps', { vnicId });
  expect(await ask('POST', '/privateIps', { vnicId })).toMatchObject(full);
  expect((await ask('POST', '/ipv6', { vnicId })).status).toBe(200);
  expect(await ask('POST', '/ipv6', { vnicId })).toMatchObject(full);
  expect((await ask('DELETE', `/privateIps/${second.id}`)).status).toBe(204);
  expect((await ask('POST', '/privateIps', { vnicId })).status).toBe(200);
});

test('a full subnet gives nothing, and again what was given back', async () => {
  const estate = setUp();
  const { ask, cloud, vcn, instance } = estate;
  const tiny = cloud.createSubnet({ vcnId: vcn.id, cidrBlocks: ['10.0.1.0/29'] });
  const vnicId = await attach(estate, instance.id, { subnetId: tiny.id });
  const given = [];
  for (let n = 0; n < 4; n++) given.push((await ask('POST', '/privateIps', { vnicId })).body);
  const full = { status: 400, code: 'LimitExceeded' };
  expect(await ask('POST', '/privateIps', { vnicId })).toMatchObject(full);
  const another = { instanceId: instance.id, createVnicDetails: { subnetId: tiny.id } };
  expect(await ask('POST', '/vnicAttachments', another)).toMatchObject(full);
  expect(cloud.books().subnets.at(-1)!.cidrs[0]).toMatchObject({ used: '5', usable: '5' });
  await ask('DELETE', `/privateIps/${given[1].id}`);
  const { body } = await ask('POST', '/privateIps', { vnicId });
  expect(body.ipAddress).toBe(given[1].ipAddress);
});

test('a VNIC that cannot have all its addresses leaves nothing behind', async () => {
  const { ask, cloud, nodes, instance } = setUp();
  const before = cloud.books();
  const createVnicDetails = { subnetId: nodes.id, assignIpv6Ip: true };
  const { status } = await ask('POST', '/vnicAttachments', {
    instanceId: instance.id,
    createVnicDetails,
  });
  expect(status).toBe(400);
  expect(cloud.books()).toEqual(before);
});

test('too many security groups, and one that is not there', async () => {
  const { ask, cloud, vcn, pods, instance } = setUp();
  const nsgIds = Array.from({ length: 6 }, () => cloud.createNsg({ vcnId: vcn.id, rules: [] }).id);
  const attachWith = (ids: string[]) =>
    ask('POST', '/vnicAttachments', {
      instanceId: instance.id,
      createVnicDetails: { subnetId: pods.id, nsgIds: ids },
    });
  expect((await attachWith(nsgIds)).code).toBe('LimitExceeded');
  expect((await attachWith(['ocid1.nsg.none'])).status).toBe(404);
  const { status } = await attachWith(nsgIds.slice(0, 5));
  expect(status).toBe(200);
  const members = await ask('GET', `/networkSecurityGroups/${nsgIds[0]}/vnics`);
  expect(members.body).toMatchObject([{ resourceId: instance.id }]);
});

test('the primary VNIC and its address cannot be taken away', async () => {
  const { ask, cloud, instance } = setUp();
  const { vnics, addresses } = cloud.books({ instanceId: instance.id });
  const refused = { status: 400, code: 'InvalidParameter' };
  expect(await ask('DELETE', `/vnicAttachments/${vnics[0]!.attachmentId}`)).toMatchObject(refused);
  expect(await ask('DELETE', `/privateIps/${addresses[0]!.id}`)).toMatchObject(refused);
});
