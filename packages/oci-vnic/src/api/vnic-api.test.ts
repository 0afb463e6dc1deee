import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AttachAsk, VnicApi } from '../model.ts';
import { createClient } from './client.ts';
import type { OciError } from './oci-error.ts';
import { type FakeCore, type Fault, startFakeCore } from './testing/fake-core.ts';
import { type LeapClock, leapClock } from './testing/leap-clock.ts';
import { createVnicApi } from './vnic-api.ts';

let core: FakeCore;
let clock: LeapClock;
let api: VnicApi;

beforeEach(async () => {
  clock = leapClock();
  core = await startFakeCore();
  const client = createClient({ endpoint: core.url, attempts: 3 })({ signer: core.signer, clock });
  api = createVnicApi({ instanceId: 'i', compartmentId: 'compute' })({ client, clock });
});
afterEach(() => core[Symbol.asyncDispose]());

const plan = (on: string, ...faults: Fault[]): void => {
  core.faults.push(...faults.map((fault) => ({ on, fault })));
};
const refused = (status: number, code: string): Fault => ({ status, code });
const posts = (): number => core.seen.filter(({ method }) => method === 'POST').length;
const ask: AttachAsk = {
  ...{ subnetId: 'pods', nsgIds: ['n'], displayName: 'vcn-cni 1', tags: { owner: 'us' } },
  ...{ assignIpv6: false, skipSourceDestCheck: true },
};
const attached = async () => {
  await api.attachVnic(ask, { retryToken: 'attach-1' });
  return (await api.listVnics())[0]!;
};

test('an attached VNIC is listed as it was asked for', async () => {
  const order = await api.attachVnic(ask, { retryToken: 'attach-1' });
  expect(order).toMatchObject({
    lifecycle: 'attaching',
    subnetId: 'pods',
    displayName: ask.displayName,
  });
  expect(order.id).toBeUndefined();
  expect(await api.listVnics()).toEqual([
    {
      ...{ id: 'ocid1.vnic.oc1..1', attachmentId: order.attachmentId, mac: '02:00:17:00:00:01' },
      ...{ displayName: 'vcn-cni 1', subnetId: 'pods', isPrimary: false, lifecycle: 'attached' },
      ...{ addresses: { inet: '10.0.1.1' }, nsgIds: ['n'], skipSourceDestCheck: true },
      tags: { owner: 'us' },
    },
  ]);
});

test('the primary comes first, and what is detached does not come', async () => {
  await attached();
  const secondary = core.state.attachments[0]!;
  const vnic = { ...core.state.vnics[0]!, id: 'p', isPrimary: true };
  core.state.vnics.push(vnic);
  core.state.attachments.push(
    { ...secondary, id: 'gone', lifecycleState: 'DETACHED', vnicId: 'absent' },
    { ...secondary, id: 'first', vnicId: 'p' },
  );
  expect((await api.listVnics()).map((one) => one.attachmentId)).toEqual(['first', secondary.id]);
});

test('an attachment whose answers are all lost is found, not made again', async () => {
  plan('POST', 'lost', 'lost', 'lost');
  const order = await api.attachVnic(ask, { retryToken: 'attach-1' });
  expect(core.state.attachments.map(({ id }) => id)).toEqual([order.attachmentId]);
});

test('an older attachment of the same name is not taken for the lost one', async () => {
  await attached();
  plan('POST', 'cut', 'cut', 'cut');
  const order = api.attachVnic(ask, { retryToken: 'attach-2' });
  await expect(order).rejects.toMatchObject({ code: 'NoAnswer', inDoubt: true });
});

test('an address is found by its call, if the service has forgotten the token', async () => {
  const vnic = await attached();
  plan('POST /privateIps', 'lost', refused(409, 'InvalidatedRetryToken'));
  const made = await api.assign(
    { vnicId: vnic.id!, family: 'inet', tags: { owner: 'us' } },
    { retryToken: 'assign-1' },
  );
  expect(await api.listAssignments(vnic.id!)).toEqual([made]);
  expect(made).toMatchObject({ family: 'inet', cidr: '10.0.2.2/32', tags: { owner: 'us' } });
});

test('a limit that the lost call itself reached is no failure', async () => {
  const vnic = await attached();
  plan('POST /privateIps', 'lost', refused(400, 'LimitExceeded'));
  const block = { vnicId: vnic.id!, family: 'inet', cidrPrefixLength: 28, tags: {} } as const;
  expect((await api.assign(block, { retryToken: 'block-1' })).cidr).toBe('10.0.2.2/28');
});

test('a refusal without doubt is not looked after', async () => {
  const vnic = await attached();
  const before = core.seen.length;
  plan('POST /privateIps', refused(400, 'LimitExceeded'));
  const call = api.assign({ vnicId: vnic.id!, family: 'inet', tags: {} }, { retryToken: 'a' });
  await expect(call).rejects.toMatchObject({ code: 'LimitExceeded', retryable: false });
  expect(core.seen.length - before).toBe(1);
});

test('IPv6: canonical, and the own address of the VNIC is not an assignment', async () => {
  const vnic = await attached();
  const wire = { lifecycleState: 'AVAILABLE', subnetId: 's', displayName: '', vnicId: vnic.id! };
  core.state.ipv6s.push({
    ...wire,
    id: 'own',
    ipAddress: 'FD00:0:0::A',
    timeCreated: '1999-01-01T00:00:00Z',
  });
  core.state.vnics[0]!.ipv6Addresses = ['FD00:0:0::A'];
  const block = { vnicId: vnic.id!, family: 'inet6', cidrPrefixLength: 120, tags: {} } as const;
  const made = await api.assign(block, { retryToken: 'six' });
  expect(made.cidr).toBe('2603:c020:0:1::2/120');
  expect(await api.listAssignments(vnic.id!)).toEqual([made]);
  expect((await api.listVnics())[0]?.addresses).toEqual({ inet: '10.0.1.1', inet6: 'fd00::a' });
});

test('many addresses cost one call, and a part of them is an answer', async () => {
  const vnic = await attached();
  const many = { vnicId: vnic.id!, family: 'inet', count: 4, tags: {} } as const;
  const before = posts();
  expect(await api.assignMany(many, { retryToken: 'bulk-1' })).toHaveLength(4);
  core.state.bulkFails = 1;
  expect(await api.assignMany(many, { retryToken: 'bulk-2' })).toHaveLength(3);
  expect(posts() - before).toBe(2);
  core.state.bulkFails = 4;
  await expect(api.assignMany(many, { retryToken: 'bulk-3' })).rejects.toMatchObject({
    ...{ code: 'LimitExceeded', operation: 'BulkCreatePrivateIps' },
  });
});

test('a bulk call whose answers are lost is not made twice', async () => {
  const vnic = await attached();
  plan('POST', 'lost', 'lost', 'lost');
  const many = { vnicId: vnic.id!, family: 'inet', count: 4, tags: {} } as const;
  expect(await api.assignMany(many, { retryToken: 'bulk-1' })).toHaveLength(4);
  expect(core.state.privateIps).toHaveLength(4);
});

test('a work request that cannot be followed, or does not end, is in doubt', async () => {
  const vnic = await attached();
  const many = { vnicId: vnic.id!, family: 'inet', count: 4, tags: {} } as const;
  core.state.bulkFails = 4;
  plan('GET /workRequests', refused(404, 'NotAuthorizedOrNotFound'));
  await expect(api.assignMany(many, { retryToken: 'b' })).rejects.toMatchObject({
    ...{ operation: 'BulkCreatePrivateIps', status: 404, inDoubt: true },
    permission: expect.stringContaining('work-requests'),
  });
  core.state.workStatus = 'IN_PROGRESS';
  await expect(api.assignMany(many, { retryToken: 'c' })).rejects.toMatchObject({
    ...{ code: 'NoAnswer', inDoubt: true },
  });
  expect(clock.now()).toBeGreaterThanOrEqual(120_000);
  core.state.bulkFails = 0;
  plan('GET /workRequests', refused(404, 'NotAuthorizedOrNotFound'));
  expect(await api.assignMany(many, { retryToken: 'd' })).toHaveLength(4);
});

test('a release whose answer was lost is done', async () => {
  const vnic = await attached();
  const made = await api.assign(
    { vnicId: vnic.id!, family: 'inet', tags: {} },
    { retryToken: 'a' },
  );
  plan('DELETE', 'lost');
  await api.release(made);
  await api.release(made);
  expect(core.state.privateIps).toEqual([]);
});

test('a release that is not permitted is no success', async () => {
  const vnic = await attached();
  const made = await api.assign(
    { vnicId: vnic.id!, family: 'inet', tags: {} },
    { retryToken: 'a' },
  );
  plan('DELETE', refused(404, 'NotAuthorizedOrNotFound'));
  const error: OciError = await api.release(made).then(
    () => expect.unreachable(),
    (reason) => reason,
  );
  expect(error).toMatchObject({ operation: 'DeletePrivateIp', status: 404 });
  expect(error.permission).toContain('manage private-ips');
});

test('a detach whose answer was lost is done, and one of what is not there too', async () => {
  const { attachmentId } = await attached();
  plan('DELETE', 'lost');
  await api.detachVnic(attachmentId);
  expect((await api.listVnics())[0]?.lifecycle).toBe('detaching');
  await api.detachVnic('absent');
  core.state.attachments[0]!.lifecycleState = 'ATTACHED';
  plan('DELETE', refused(404, 'NotAuthorizedOrNotFound'));
  await expect(api.detachVnic(attachmentId)).rejects.toMatchObject({ operation: 'DetachVnic' });
});

test('a VNIC that one may not see is an error, one that has just gone is not', async () => {
  await attached();
  plan('GET /vnics', refused(404, 'NotAuthorizedOrNotFound'));
  await expect(api.listVnics()).rejects.toMatchObject({ operation: 'GetVnic', status: 404 });
  core.state.attachments[0]!.lifecycleState = 'DETACHING';
  plan('GET /vnics', refused(404, 'NotAuthorizedOrNotFound'));
  expect(await api.listVnics()).toMatchObject([{ lifecycle: 'detaching' }]);
});

test('security groups are set right', async () => {
  const vnic = await attached();
  await api.updateVnic(vnic.id!, { nsgIds: ['other'] });
  expect((await api.listVnics())[0]?.nsgIds).toEqual(['other']);
});
