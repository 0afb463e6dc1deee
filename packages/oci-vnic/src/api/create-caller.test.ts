import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, type OciClient } from './client.ts';
import type { CallerDeps, CallerOptions } from './create-caller.ts';
import { OciError } from './oci-error.ts';
import { type FakeCore, startFakeCore } from './testing/fake-core.ts';
import { type LeapClock, leapClock } from './testing/leap-clock.ts';

let core: FakeCore;
let clock: LeapClock;

beforeEach(async () => {
  clock = leapClock();
  core = await startFakeCore();
  core.state.vnics.push({ id: 'v', compartmentId: 'c', lifecycleState: 'AVAILABLE' });
});
afterEach(() => core[Symbol.asyncDispose]());

const client = (options: Partial<CallerOptions> = {}, deps: Partial<CallerDeps> = {}): OciClient =>
  createClient({ endpoint: core.url, ...options })({
    ...{ signer: core.signer, clock, random: () => 0.5 },
    ...deps,
  });
const failure = (call: Promise<unknown>): Promise<OciError> =>
  call.then(
    () => expect.unreachable('it succeeded'),
    (error: OciError) => error,
  );
const plan = (on: string, ...faults: FakeCore['faults'][number]['fault'][]): void => {
  core.faults.push(...faults.map((fault) => ({ on, fault })));
};
const tokens = (): unknown[] => core.seen.map(({ retryToken }) => retryToken);

test('signs every kind of request by the rules', async () => {
  const { privateIps, getVnic, updateVnic } = client();
  await getVnic('v');
  await updateVnic('v', { displayName: 'ö' });
  const made = await privateIps.create({ vnicId: 'v', displayName: 'pods – ä' });
  await privateIps.list({ vnicId: 'v w&x' });
  await privateIps.delete(made.id!);
  expect(core.seen.map(({ method }) => method)).toEqual(['GET', 'PUT', 'POST', 'GET', 'DELETE']);
  expect(core.seen[3]?.path).toContain('vnicId=v%20w%26x&limit=1000');
});

test('a refused signature is told as such, and nothing is tried again', async () => {
  const signer = { sign: async ({ headers }: { headers: Record<string, string> }) => headers };
  const error = await failure(client({}, { signer }).getVnic('v'));
  expect(error).toMatchObject({ status: 401, code: 'NotAuthenticated', retryable: false });
  expect(core.seen).toHaveLength(1);
});

test('429 is tried again after a growing pause, or after the one that is asked for', async () => {
  const busy = { status: 429, code: 'TooManyRequests' };
  plan('*', busy, busy, { ...busy, headers: { 'retry-after': '7' } });
  await client().getVnic('v');
  expect(clock.pauses).toEqual([375, 750, 7000]);
});

test('a server that breaks is asked again with the same retry token', async () => {
  plan('POST /privateIps', { status: 500, code: 'InternalServerError' });
  plan('POST /privateIps', { status: 503, code: 'ServiceUnavailable' });
  await client().privateIps.create({ vnicId: 'v' });
  expect(core.seen).toHaveLength(3);
  expect(new Set(tokens()).size).toBe(1);
  expect(tokens()[0]).toMatch(/^.{1,64}$/);
});

test('an answer lost after success is not a second address', async () => {
  plan('POST /privateIps', 'lost', 'cut');
  const made = await client().privateIps.create({ vnicId: 'v' }, { retryToken: 'mine' });
  expect(tokens()).toEqual(['mine', 'mine', 'mine']);
  expect(core.state.privateIps).toEqual([made]);
});

test('IncorrectState passes; a limit and a conflict do not', async () => {
  plan('*', { status: 409, code: 'IncorrectState' });
  await client().getVnic('v');
  plan('*', { status: 400, code: 'LimitExceeded' });
  expect(await failure(client().getVnic('v'))).toMatchObject({ attempts: 1, retryable: false });
  plan('*', { status: 409, code: 'Conflict' });
  expect(await failure(client().getVnic('v'))).toMatchObject({ attempts: 1, retryable: true });
});

test('404 names the policy statement and the request', async () => {
  const error = await failure(client().getSubnet('absent'));
  expect(error).toMatchObject({
    ...{ name: 'OciError', operation: 'GetSubnet', status: 404, code: 'NotAuthorizedOrNotFound' },
    ...{ opcRequestId: 'served-1', retryable: true, inDoubt: false },
    permission: expect.stringContaining('to read subnets'),
  });
  expect(error.message).toContain('opc-request-id served-1');
  expect(OciError.is(error)).toBe(true);
});

test('the deadline holds over all attempts, and no pause outlives it', async () => {
  plan('*', ...Array.from({ length: 9 }, () => ({ status: 503, code: 'ServiceUnavailable' })));
  const error = await failure(client({ attempts: 99 }).getVnic('v', { deadlineMs: 5000 }));
  expect(error).toMatchObject({ status: 503, attempts: 4 });
  expect(clock.now()).toBeLessThan(5000);
});

test('attempts are counted', async () => {
  plan('*', ...Array.from({ length: 9 }, () => ({ status: 500, code: 'InternalServerError' })));
  const error = await failure(client({ attempts: 3 }).getVnic('v'));
  expect(error).toMatchObject({ attempts: 3, inDoubt: false });
  expect(error.message).toContain('3 attempts');
});

test('a write without an answer is in doubt, a read is not', async () => {
  plan('POST', 'lost', 'lost');
  const write = client({ attempts: 2 }).privateIps.create({ vnicId: 'v' });
  expect(await failure(write)).toMatchObject({ code: 'NoAnswer', status: 0, inDoubt: true });
  plan('GET', 'cut', 'cut');
  expect(await failure(client({ attempts: 2 }).getVnic('v'))).toMatchObject({ inDoubt: false });
});

test('an attempt that hangs ends, and is made again', async () => {
  const signer = { sign: () => new Promise<never>(() => undefined) };
  const error = await failure(client({ attempts: 2, attemptMs: 20 }, { signer }).getVnic('v'));
  expect(error).toMatchObject({ code: 'NotSigned', attempts: 2, inDoubt: false });
  expect(core.seen).toHaveLength(0);
});

test('the signal ends a call in its pause, with its own reason', async () => {
  const controller = new AbortController();
  const reason = new Error('stopping');
  plan('*', { status: 429, code: 'TooManyRequests' });
  const call = client({}, { observe: () => controller.abort(reason) }).getVnic('v', {
    signal: controller.signal,
  });
  await expect(call).rejects.toBe(reason);
  expect(core.seen).toHaveLength(1);
});

test('401 gets new credentials, once', async () => {
  const refreshes: number[] = [];
  const signer = { ...core.signer, refresh: async () => void refreshes.push(1) };
  plan('*', { status: 401, code: 'NotAuthenticated' });
  await client({}, { signer }).getVnic('v');
  expect(refreshes).toHaveLength(1);
  plan('*', { status: 401, code: 'NotAuthenticated' }, { status: 401, code: 'NotAuthenticated' });
  expect(await failure(client({}, { signer }).getVnic('v'))).toMatchObject({ attempts: 2 });
  expect(refreshes).toHaveLength(2);
});

test('a clock that is 6 minutes off is named, and no token asked for', async () => {
  const slow = leapClock(new Date(Date.now() - 6 * 60_000));
  const refresh = async () => expect.unreachable('refreshed');
  const signer = { ...core.signer, refresh };
  const error = await failure(client({}, { signer, clock: slow }).getVnic('v'));
  expect(error).toMatchObject({ status: 401, retryable: false, attempts: 1 });
  expect(error.message).toMatch(/clock of this host is 3(59|60) s behind/);
});

test('every attempt is told to whoever counts', async () => {
  const observed: unknown[] = [];
  plan('*', { status: 502, code: 'BadGateway' });
  await client({}, { observe: (one) => observed.push(one) }).getVnic('v');
  expect(observed).toMatchObject([
    { operation: 'GetVnic', attempt: 1, status: 502, recourse: 'again' },
    { operation: 'GetVnic', attempt: 2, status: 200, opcRequestId: 'served-2' },
  ]);
});

test('reads and writes have rates of their own', async () => {
  const rates = { read: { perSecond: 1, burst: 1 }, write: { perSecond: 1, burst: 1 } };
  const { getVnic, privateIps } = client({ rates });
  await getVnic('v');
  await privateIps.create({ vnicId: 'v' });
  expect(clock.pauses).toEqual([]);
  await getVnic('v');
  expect(clock.pauses).toEqual([1000]);
  const error = await failure(getVnic('v', { deadlineMs: 500 }));
  expect(error).toMatchObject({ code: 'RateLimited', retryable: true, inDoubt: false });
});

test('lists come page by page', async () => {
  core.state.perPage = 2;
  const { privateIps } = client();
  for (let made = 0; made < 5; made += 1) await privateIps.create({ vnicId: 'v' });
  const before = core.seen.length;
  expect(await privateIps.list({ vnicId: 'v' })).toEqual(core.state.privateIps);
  expect(core.seen.length - before).toBe(3);
});

test('a retry token that OCI would refuse is refused here', async () => {
  const call = client().privateIps.create({ vnicId: 'v' }, { retryToken: 'x'.repeat(65) });
  await expect(call).rejects.toThrow('retryToken');
  expect(core.seen).toHaveLength(0);
});

test('time that is left need not be whole milliseconds', async () => {
  plan('*', { status: 429, code: 'TooManyRequests', headers: { 'retry-after': '3' } });
  const observed: string[] = [];
  const observe = ({ attempt, status }: { attempt: number; status: number }): void => {
    observed.push(`${attempt}: ${status}`);
  };
  await client({ deadlineMs: 9_000.75 }, { observe }).getVnic('v');
  expect(observed).toEqual(['1: 429', '2: 200']);
});
