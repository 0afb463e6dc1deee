import { createManualClock } from '@vcn-cni/vcn-sim';
import { beforeEach, expect, test } from 'vitest';
import { type Ask, createAsker } from './caller.ts';
import { smallEstate } from './estate.ts';

let estate: ReturnType<typeof smallEstate>;
let ask: Ask;

beforeEach(() => {
  estate = smallEstate({ clock: createManualClock(), profile: 'oci-like' });
  ask = createAsker(estate.cloud);
});

async function attach(subnetId: string): Promise<string> {
  const { body } = await ask('POST', '/vnicAttachments', {
    instanceId: estate.instance.id,
    createVnicDetails: { subnetId, assignIpv6Ip: subnetId === estate.pods.id },
  });
  estate.cloud.clock.advance(20_000);
  return (await ask('GET', `/vnicAttachments/${body.id}`)).body.vnicId;
}

test('single addresses come from the first CIDR, blocks from the others, unless one is named', async () => {
  const vnicId = await attach(estate.pods.id);
  const create = async (details: object) =>
    (await ask('POST', '/privateIps', { vnicId, ...details })).body.ipAddress;
  expect(await create({})).toBe('10.0.16.3');
  expect(await create({ cidrPrefixLength: 24 })).toBe('10.0.33.0');
  expect(await create({ ipv4SubnetCidrAtCreation: '10.0.32.0/20' })).toBe('10.0.32.2');
  expect(await create({ ipAddress: '10.0.40.0', cidrPrefixLength: 28 })).toBe('10.0.40.0');
  const wrong = { vnicId, ipAddress: '10.0.40.4', cidrPrefixLength: 28 };
  expect((await ask('POST', '/privateIps', wrong)).code).toBe('InvalidParameter');
  const foreign = { vnicId, ipv4SubnetCidrAtCreation: '10.0.64.0/24' };
  expect((await ask('POST', '/privateIps', foreign)).code).toBe('InvalidParameter');
});

test('IPv6: single addresses from the first /80, blocks behind it', async () => {
  const vnicId = await attach(estate.pods.id);
  const create = async (details: object) =>
    (await ask('POST', '/ipv6', { vnicId, ...details })).body;
  expect((await create({})).ipAddress).toBe('2001:db8:0:1::9');
  expect((await create({ cidrPrefixLength: 80 })).ipAddress).toBe('2001:db8:0:1:1::');
  expect((await create({ cidrPrefixLength: 112 })).ipAddress).toBe('2001:db8:0:1:2::');
  for (const cidrPrefixLength of [64, 79, 81, 128.5, 132]) {
    expect((await create({ cidrPrefixLength })).code).toBe('InvalidParameter');
  }
});

test('the first block of the first CIDR makes the whole subnet wait, once', async () => {
  const { cloud, nodes } = estate;
  const vnicId = await attach(nodes.id);
  const state = async () => (await ask('GET', `/subnets/${nodes.id}`)).body.lifecycleState;
  const { body: single } = await ask('POST', '/privateIps', { vnicId });
  expect((await ask('POST', '/privateIps', { vnicId, cidrPrefixLength: 28 })).status).toBe(200);
  expect(await state()).toBe('UPDATING');
  const refused = { status: 409, code: 'IncorrectState' };
  expect(await ask('POST', '/privateIps', { vnicId })).toMatchObject(refused);
  expect(await ask('DELETE', `/privateIps/${single.id}`)).toMatchObject(refused);
  const { id: instanceId } = estate.instance;
  const createVnicDetails = { subnetId: nodes.id };
  expect(await ask('POST', '/vnicAttachments', { instanceId, createVnicDetails })).toMatchObject(
    refused,
  );
  cloud.clock.advance(60_000);
  expect(await state()).toBe('AVAILABLE');
  expect((await ask('POST', '/privateIps', { vnicId, cidrPrefixLength: 28 })).status).toBe(200);
  expect(await state()).toBe('AVAILABLE');
});

test('an address moves between VNICs of one subnet only', async () => {
  const [one, two, elsewhere] = [
    await attach(estate.pods.id),
    await attach(estate.pods.id),
    await attach(estate.nodes.id),
  ];
  const seen: string[] = [];
  estate.cloud.subscribe((change) => {
    if (change.kind === 'assigned' || change.kind === 'released') {
      seen.push(`${change.kind} ${change.vnicId === one ? 'one' : 'two'} ${change.cidr}`);
    }
  });
  const { body } = await ask('POST', '/privateIps', { vnicId: one });
  const put = (vnicId: string) => ask('PUT', `/privateIps/${body.id}`, { vnicId });
  expect((await put(elsewhere)).code).toBe('InvalidParameter');
  expect((await put(two)).body.vnicId).toBe(two);
  const cidr = `${body.ipAddress}/32`;
  expect(seen).toEqual([`assigned one ${cidr}`, `released one ${cidr}`, `assigned two ${cidr}`]);
});

test('a reserved address is detached before it is deleted, and outlives its VNIC', async () => {
  const vnicId = await attach(estate.pods.id);
  const { body } = await ask('POST', '/privateIps', { vnicId, lifetime: 'RESERVED' });
  expect((await ask('DELETE', `/privateIps/${body.id}`)).code).toBe('IncorrectState');
  const { attachmentId } = estate.cloud.books().vnics.find(({ id }) => id === vnicId)!;
  await ask('DELETE', `/vnicAttachments/${attachmentId}`);
  estate.cloud.clock.advance(20_000);
  const left = await ask('GET', `/privateIps/${body.id}`);
  expect(left.body).toMatchObject({ ipState: 'AVAILABLE', ipAddress: body.ipAddress });
  expect(left.body.vnicId).toBeUndefined();
  expect((await ask('DELETE', `/privateIps/${body.id}`)).status).toBe(204);
});
