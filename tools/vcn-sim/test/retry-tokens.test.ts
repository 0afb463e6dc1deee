import { createManualClock } from '@vcn-cni/vcn-sim';
import { beforeEach, expect, test } from 'vitest';
import { type Ask, createAsker } from './caller.ts';
import { smallEstate } from './estate.ts';

let estate: ReturnType<typeof smallEstate>;
let ask: Ask;
let vnicId: string;

beforeEach(() => {
  estate = smallEstate({ clock: createManualClock() });
  ask = createAsker(estate.cloud);
  vnicId = estate.cloud.books().vnics[0]!.id;
});

const create = (token: string, details: object = {}) =>
  ask('POST', '/privateIps', { vnicId, ...details }, { 'opc-retry-token': token });
const secondaries = () =>
  estate.cloud.books().addresses.filter(({ isPrimary }) => !isPrimary).length;

test('the same token gives the same answer, and makes one address', async () => {
  const first = await create('t1');
  const again = await create('t1');
  expect(again.body).toEqual(first.body);
  expect(secondaries()).toBe(1);
  expect((await create('t2')).body.id).not.toBe(first.body.id);
});

test('an answer that was lost is had by asking again', async () => {
  estate.cloud.faults.inject({ operation: 'CreatePrivateIp', effect: { kind: 'lost' }, times: 1 });
  expect((await create('t1')).status).toBe(0);
  expect(secondaries()).toBe(1);
  expect((await create('t1')).status).toBe(200);
  expect(secondaries()).toBe(1);
});

test('a failure is not kept', async () => {
  const effect = { kind: 'server-error' } as const;
  estate.cloud.faults.inject({ operation: 'CreatePrivateIp', effect, times: 1 });
  expect((await create('t1')).code).toBe('InternalServerError');
  expect((await create('t1')).status).toBe(200);
});

test('for another call, or when what it made is gone, it is refused', async () => {
  const { body } = await create('t1');
  const refused = { status: 409, code: 'InvalidatedRetryToken' };
  expect(await create('t1', { displayName: 'other' })).toMatchObject(refused);
  await ask('DELETE', `/privateIps/${body.id}`);
  expect(await create('t1')).toMatchObject(refused);
});

test('after 24 hours it is forgotten', async () => {
  await create('t1');
  estate.cloud.clock.advance(24 * 3_600_000 - 1);
  await create('t1');
  expect(secondaries()).toBe(1);
  estate.cloud.clock.advance(1);
  await create('t1');
  expect(secondaries()).toBe(2);
});

test('a work request is made once', async () => {
  const bulk = () =>
    ask(
      'POST',
      '/privateIps/actions/bulkCreatePrivateIps',
      { vnicId, bulkCreatePrivateIpItem: [{}, {}] },
      { 'opc-retry-token': 'b1' },
    );
  const [first, again] = [await bulk(), await bulk()];
  expect(again.headers['opc-work-request-id']).toBe(first.headers['opc-work-request-id']);
  estate.cloud.clock.advance(100);
  expect(secondaries()).toBe(2);
});

test('a token of more than 64 characters is refused', async () => {
  expect((await create('x'.repeat(65))).code).toBe('InvalidParameter');
});
