import { createManualClock, startCloudServer } from '@vcn-cni/vcn-sim';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { smallEstate } from './estate.ts';
import { signedFetch } from './signed-fetch.ts';

let estate: ReturnType<typeof smallEstate>;
let server: Awaited<ReturnType<typeof startCloudServer>>;

beforeEach(async () => {
  estate = smallEstate({ clock: createManualClock() });
  server = await startCloudServer({ cloud: estate.cloud });
});
afterEach(() => server.close());

async function admin(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${server.endpoint}/admin${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('it says what there is', async () => {
  const { body } = await admin('GET', '');
  expect(body).toEqual(expect.arrayContaining(['GET /admin/books', 'POST /admin/faults']));
  expect((await admin('GET', '/nothing')).status).toBe(404);
});

test('the books can be asked by instance and by tag', async () => {
  const { cloud, instance, pods } = estate;
  cloud.launchInstance({
    createVnicDetails: { subnetId: pods.id, freeformTags: { owner: 'a', node: 'b' } },
  });
  expect((await admin('GET', '/books')).body.vnics).toHaveLength(2);
  expect((await admin('GET', '/books?tag=owner=a&tag=node=b')).body.vnics).toHaveLength(1);
  expect((await admin('GET', '/books?tag=owner=a&tag=node=c')).body.vnics).toHaveLength(0);
  const { body } = await admin('GET', `/books?instanceId=${instance.id}`);
  expect(body.addresses).toMatchObject([{ cidr: '10.0.0.2/32', isPrimary: true }]);
  expect((await admin('GET', '/books?tag=owner')).status).toBe(400);
});

test('faults are injected, listed and taken away', async () => {
  const user = estate.cloud.identity.createUser();
  const url = `${server.endpoint}/20160918/subnets/${estate.pods.id}`;
  const status = async () => (await signedFetch(user, url)).status;
  const fault = { operation: 'GetSubnet', effect: { kind: 'throttle' } };
  const { body } = await admin('POST', '/faults', fault);
  expect((await admin('GET', '/faults')).body).toEqual([{ ...fault, id: body.id }]);
  expect(await status()).toBe(429);
  expect((await admin('DELETE', `/faults/${body.id}`)).status).toBe(204);
  expect([await status(), await status()]).toEqual([200, 200]);
  expect((await admin('GET', '/calls')).body).toEqual({
    total: 3,
    operations: { GetSubnet: { 200: 2, 429: 1 } },
  });
});

test.each([
  [{}, /operation is required/],
  [{ operation: 'Get', effect: { kind: 'lost' } }, /operation Get must be/],
  [{ operation: '*' }, /effect is required/],
  [{ operation: '*', effect: { kind: 'fire' } }, /effect.kind must be one of/],
  [{ operation: '*', effect: { kind: 'delay' } }, /effect.ms is required/],
  [{ operation: '*', effect: { kind: 'answer', status: 400 } }, /effect.code is required/],
])('a fault that cannot be is refused by name: %j', async (fault, why) => {
  const { status, body } = await admin('POST', '/faults', fault);
  expect(status).toBe(400);
  expect(body.message).toMatch(why);
});

test('time is advanced, subnets are made to wait, VNICs and instances are lost', async () => {
  const { cloud, instance, pods } = estate;
  await admin('POST', `/subnets/${pods.id}/updating`, { ms: 60_000 });
  const state = async () => (await admin('GET', '/books')).body.subnets[1].state;
  expect(await state()).toBe('UPDATING');
  const began = cloud.clock.now();
  const { body } = await admin('POST', '/clock', { advanceMs: 60_000 });
  expect(Date.parse(body.now)).toBe(began + 60_000);
  expect(await state()).toBe('AVAILABLE');
  const { attachmentId } = cloud.books().vnics[0]!;
  expect((await admin('POST', `/vnicAttachments/${attachmentId}/lose`)).status).toBe(204);
  expect(cloud.books().vnics).toEqual([]);
  await admin('POST', `/instances/${instance.id}/terminate`);
  expect(cloud.facts().instances).toEqual([]);
  expect((await admin('POST', '/clock', { advanceMs: -1 })).status).toBe(400);
  expect((await admin('PUT', '/profile', { name: 'flaky' })).status).toBe(204);
  expect(cloud.world.profile.name).toBe('flaky');
});

test('what is no call of the service is told apart', async () => {
  const user = estate.cloud.identity.createUser();
  const get = async (path: string) => (await signedFetch(user, `${server.endpoint}${path}`)).status;
  expect(await get('/20160918/nothing')).toBe(404);
  expect(await get('/elsewhere')).toBe(404);
  expect(await get('/20160918/subnets/%E0%A4%A')).toBe(400);
  expect((await fetch(`${server.endpoint}/20160918/subnets/x`)).status).toBe(401);
});

test('the body that arrives is the one that was signed, and is JSON', async () => {
  const user = estate.cloud.identity.createUser();
  const url = `${server.endpoint}/20160918/privateIps`;
  const vnicId = estate.cloud.books().vnics[0]!.id;
  const post = (options: object) => signedFetch(user, url, { method: 'POST', ...options });
  expect((await post({ body: { vnicId } })).status).toBe(200);
  expect((await post({ body: { vnicId }, sentBody: '{"vnicId":"another"}' })).status).toBe(401);
  const wrong = await post({ body: { vnicId, cidrPrefixLength: '27' } });
  expect(await wrong.json()).toMatchObject({ code: 'InvalidParameter' });
});

test('a change of what has changed since is refused by its etag', async () => {
  const user = estate.cloud.identity.createUser();
  const { id } = estate.cloud.books().vnics[0]!;
  const url = `${server.endpoint}/20160918/vnics/${id}`;
  const etag = (await signedFetch(user, url)).headers.get('etag')!;
  const put = (displayName: string) =>
    signedFetch(user, url, { method: 'PUT', body: { displayName }, headers: { 'if-match': etag } });
  expect((await put('one')).status).toBe(200);
  const second = await put('two');
  expect(second.status).toBe(412);
  expect(await second.json()).toMatchObject({ code: 'NoEtagMatch' });
});
