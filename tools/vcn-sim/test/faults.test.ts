import { createManualClock, type ProfileName } from '@vcn-cni/vcn-sim';
import { expect, test } from 'vitest';
import { createAsker } from './caller.ts';
import { smallEstate } from './estate.ts';

function setUp(profile: ProfileName = 'fast', seed = 'faults') {
  const estate = smallEstate({ clock: createManualClock(), profile, seed });
  const ask = createAsker(estate.cloud);
  const vnicId = estate.cloud.books().vnics[0]!.id;
  const path = `/subnets/${estate.pods.id}`;
  return { ...estate, ask, vnicId, read: () => ask('GET', path) };
}

test.each([
  [{ kind: 'throttle' }, 429, 'TooManyRequests'],
  [{ kind: 'server-error' }, 500, 'InternalServerError'],
  [{ kind: 'deny' }, 404, 'NotAuthorizedOrNotFound'],
  [{ kind: 'answer', status: 400, code: 'QuotaExceeded' }, 400, 'QuotaExceeded'],
  [{ kind: 'away' }, 0, undefined],
] as const)('%o, twice, then as ever; nothing is done meanwhile', async (effect, status, code) => {
  const { cloud, ask, vnicId } = setUp();
  const before = cloud.books();
  cloud.faults.inject({ operation: 'CreatePrivateIp', effect, times: 2 });
  for (let n = 0; n < 2; n++) {
    const answer = await ask('POST', '/privateIps', { vnicId });
    expect([answer.status, answer.code]).toEqual([status, code]);
  }
  expect(cloud.books()).toEqual(before);
  expect((await ask('POST', '/privateIps', { vnicId })).status).toBe(200);
});

test('a fault stays until it is taken away, and hits its own operation only', async () => {
  const { cloud, ask, read, vnicId } = setUp();
  const id = cloud.faults.inject({ operation: 'GetSubnet', effect: { kind: 'throttle' } });
  for (let n = 0; n < 5; n++) expect((await read()).status).toBe(429);
  expect((await ask('GET', `/vnics/${vnicId}`)).status).toBe(200);
  cloud.faults.remove(id);
  expect((await read()).status).toBe(200);
});

test('a delay passes in simulated time', async () => {
  const { cloud, read } = setUp();
  const effect = { kind: 'delay', ms: 90_000 } as const;
  cloud.faults.inject({ operation: '*', effect, times: 1 });
  const began = cloud.clock.now();
  expect((await read()).status).toBe(200);
  expect(cloud.clock.now() - began).toBe(90_000);
});

test('throttled: a burst, then one call a second', async () => {
  const { cloud, ask, vnicId } = setUp('throttled');
  const statuses: number[] = [];
  for (let n = 0; n < 12; n++) {
    statuses.push((await ask('POST', '/privateIps', { vnicId })).status);
  }
  expect(statuses.slice(0, 3)).toEqual([200, 200, 200]);
  expect(statuses).toContain(429);
  cloud.clock.advance(1_000);
  expect((await ask('POST', '/privateIps', { vnicId })).status).toBe(200);
});

test('a stuck attachment ends attached or detached, and frees what it held', async () => {
  const { cloud, ask, instance, pods } = setUp('oci-like');
  const createVnicDetails = { subnetId: pods.id };
  const attach = async () => {
    const asked = { instanceId: instance.id, createVnicDetails };
    return (await ask('POST', '/vnicAttachments', asked)).body.id;
  };
  const state = async (id: string) =>
    (await ask('GET', `/vnicAttachments/${id}`)).body.lifecycleState;
  cloud.stickNextAttachment(200_000, 'detached');
  cloud.stickNextAttachment(200_000, 'attached');
  const [lost, late] = [await attach(), await attach()];
  cloud.clock.advance(190_000);
  expect([await state(lost), await state(late)]).toEqual(['ATTACHING', 'ATTACHING']);
  expect((await ask('DELETE', `/vnicAttachments/${lost}`)).code).toBe('IncorrectState');
  cloud.clock.advance(10_000);
  expect([await state(lost), await state(late)]).toEqual(['DETACHED', 'ATTACHED']);
  expect(cloud.books({ instanceId: instance.id }).vnics).toHaveLength(2);
  expect(cloud.books().subnets[1]!.cidrs[0]!.used).toBe('1');
});

test('the metadata service is behind, and can be made to see nothing', async () => {
  const { cloud, ask, instance, pods } = setUp('flaky');
  cloud.faults.inject({ operation: '*', effect: { kind: 'delay', ms: 0 } });
  const createVnicDetails = { subnetId: pods.id };
  await ask('POST', '/vnicAttachments', { instanceId: instance.id, createVnicDetails });
  cloud.clock.advance(20_000);
  const count = () => cloud.metadata.vnics(instance.id).length;
  expect([cloud.facts().vnics.length, count()]).toEqual([2, 1]);
  cloud.metadata.freeze(instance.id, true);
  cloud.clock.advance(60_000);
  expect(count()).toBe(1);
  cloud.metadata.freeze(instance.id, false);
  expect(count()).toBe(2);
});

async function outcomes(seed: string): Promise<string> {
  const { cloud, ask, vnicId } = setUp('flaky', seed);
  for (let n = 0; n < 200; n++) await ask('POST', '/privateIps', { vnicId });
  return JSON.stringify([cloud.calls.counts(), cloud.books(), cloud.clock.now()]);
}

test('flaky: everything happens, and the same again with the same seed', async () => {
  const first = await outcomes('one');
  expect(await outcomes('one')).toBe(first);
  expect(await outcomes('two')).not.toBe(first);
  const [calls] = JSON.parse(first);
  const seen = Object.keys(calls.operations.CreatePrivateIp);
  expect(seen).toEqual(expect.arrayContaining(['200', '400', '409', '429', '500', 'broken']));
});
