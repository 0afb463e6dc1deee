import { expect, test } from 'vitest';
import { formatOperation } from './format-operation.ts';
import type { Assignment, Vnic } from './model.ts';
import { callTag, ownerTag } from './ownership.ts';
import { plan } from './plan.ts';
import type { Actual, Usage, Wanted } from './plan-model.ts';

const tags = { [ownerTag]: 'instance-1', [callTag]: 'vcn-cni-x-1' };

const wanted: Wanted = {
  instanceId: 'instance-1',
  subnets: [
    { id: 'subnet-a', nsgIds: ['nsg-1'] },
    { id: 'subnet-b', nsgIds: ['nsg-1'] },
  ],
  addresses: { inet: { atLeast: 40, atMost: 80 } },
  modes: ['block', 'bulk', 'single'],
  prefixLength: { inet: 28, inet6: 124 },
  skipSourceDestCheck: true,
  limits: {
    vnics: 4,
    objectsPerVnic: { inet: 31, inet6: 31 },
    addressesPerVnic: 32,
    attachingAtOnce: 4,
  },
};

const vnic = (id: string, changes: Partial<Vnic> = {}): Vnic => ({
  id,
  attachmentId: `attachment-${id}`,
  displayName: 'vcn-cni-x-1',
  mac: '02:00:17:00:00:01',
  subnetId: 'subnet-a',
  isPrimary: false,
  lifecycle: 'attached',
  addresses: { inet: '10.0.0.2' },
  nsgIds: ['nsg-1'],
  skipSourceDestCheck: true,
  tags,
  ...changes,
});
const primary = vnic('primary', { isPrimary: true, tags: {} });

const block = (vnicId: string, cidr: string, changes: Partial<Assignment> = {}): Assignment => ({
  id: `id-${cidr}`,
  vnicId,
  family: cidr.includes(':') ? 'inet6' : 'inet',
  cidr,
  lifecycle: 'available',
  tags,
  ...changes,
});
const idle = (cidr: string): Usage => ({ cidr, leased: 0, cooling: 0 });

function lines(actual: Partial<Actual>, changed: Partial<Wanted> = {}): string[] {
  const nothing: Actual = {
    now: 5_000,
    vnics: [primary],
    assignments: [],
    subnets: [],
    usage: [],
    draining: new Set(),
    leaving: new Set(),
    pending: [],
    holds: [],
    waits: [],
  };
  return plan({ ...wanted, ...changed }, { ...nothing, ...actual }).map(formatOperation);
}

test('VNICs first: as many as the addresses need', () => {
  expect(lines({})).toEqual([
    'AttachVnic subnet subnet-a nsg nsg-1 skip-source-dest-check',
    'AttachVnic subnet subnet-a nsg nsg-1 skip-source-dest-check',
  ]);
});

test('blocks on what is attached while another VNIC comes', () => {
  const coming = vnic('b', { lifecycle: 'attaching' });
  expect(lines({ vnics: [primary, vnic('a'), coming] })).toEqual([
    'CreatePrivateIp /28 vnic a',
    'CreatePrivateIp /28 vnic a',
    'wait vnic-attaching attachment-b since 5000',
  ]);
});

test('bulk mode: one call for a VNIC', () => {
  expect(lines({ vnics: [primary, vnic('a'), vnic('b')] }, { modes: ['bulk'] })).toEqual([
    'BulkCreatePrivateIps 31 vnic a',
    'BulkCreatePrivateIps 9 vnic b',
  ]);
});

test('single mode: one by one, spread over the VNICs', () => {
  const addresses = { inet: { atLeast: 3, atMost: 9 } };
  expect(
    lines({ vnics: [primary, vnic('a'), vnic('b')] }, { modes: ['single'], addresses }),
  ).toEqual(['CreatePrivateIp vnic a', 'CreatePrivateIp vnic b', 'CreatePrivateIp vnic a']);
});

test('IPv6 has blocks of its own, and VNICs an address of it', () => {
  const addresses = { inet: { atLeast: 16, atMost: 32 }, inet6: { atLeast: 16, atMost: 32 } };
  expect(lines({ vnics: [primary, vnic('a')] }, { addresses })).toEqual([
    'CreatePrivateIp /28 vnic a',
    'CreateIpv6 /124 vnic a',
  ]);
  expect(lines({}, { addresses })).toEqual([
    'AttachVnic subnet subnet-a nsg nsg-1 ipv6 skip-source-dest-check',
  ]);
});

test('the instance has only so many places, others take some of them', () => {
  const foreign = vnic('foreign', { tags: {} });
  expect(lines({ vnics: [primary, foreign, vnic('gone', { lifecycle: 'detaching' })] })).toEqual([
    'wait instance-full instance-1 since 5000 (1 VNICs missing)',
    'AttachVnic subnet subnet-a nsg nsg-1 skip-source-dest-check',
    'wait vnic-detaching attachment-gone since 5000',
  ]);
});

test('a subnet that is UPDATING is waited for, the next subnet serves meanwhile', () => {
  const updating = { id: 'subnet-a', cidrs: [], virtualRouter: {}, lifecycle: 'updating' as const };
  const waits = [
    { op: 'wait' as const, cause: 'subnet-updating' as const, subject: 'subnet-a', since: 1_000 },
  ];
  expect(lines({ vnics: [primary, vnic('a')], subnets: [updating], waits })).toEqual([
    'wait subnet-updating subnet-a since 1000',
    'AttachVnic subnet subnet-b nsg nsg-1 skip-source-dest-check',
    'AttachVnic subnet subnet-b nsg nsg-1 skip-source-dest-check',
  ]);
});

test('where no block is to be had the next mode is used, and a full VNIC is passed over', () => {
  const hold = (subject: string) => ({
    cause: 'limit-reached' as const,
    subject,
    since: 1_000,
    until: 9_000,
  });
  const vnics = [primary, vnic('a')];
  expect(lines({ vnics, holds: [hold('block inet a')] })).toEqual([
    'BulkCreatePrivateIps 31 vnic a',
    'AttachVnic subnet subnet-a nsg nsg-1 skip-source-dest-check',
  ]);
  const holds = [hold('block inet a'), hold('bulk inet a'), hold('single inet a')];
  expect(lines({ vnics, holds })[0]).toBe('wait limit-reached block inet a since 1000 until 9000');
});

test('while the API throttles nothing is called, and nothing else is attached instead', () => {
  const holds = [{ cause: 'throttled' as const, subject: 'api', since: 4_000, until: 6_000 }];
  expect(lines({ vnics: [primary, vnic('a')], holds })).toEqual([
    'wait throttled api since 4000 until 6000',
  ]);
});

test('an order of which no answer came counts as if it were there', () => {
  const pending = [
    { token: 't-1', objects: 1, addresses: 0 },
    { token: 't-2', vnicId: 'a', family: 'inet' as const, objects: 1, addresses: 16 },
  ];
  expect(lines({ vnics: [primary, vnic('a')], pending })).toEqual([
    'CreatePrivateIp /28 vnic a',
    'wait answer-unknown t-1 since 5000',
    'wait answer-unknown t-2 since 5000',
  ]);
});

test('shrinking: first a mark, then the release, and only of what nobody has', () => {
  const vnics = [primary, vnic('a')];
  const cidrs = ['10.0.1.0/28', '10.0.1.16/28', '10.0.1.32/28'];
  const assignments = cidrs.map((cidr) => block('a', cidr));
  const addresses = { inet: { atLeast: 4, atMost: 24 } };
  const usage = [idle('10.0.1.0/28'), { ...idle('10.0.1.16/28'), leased: 2 }, idle('10.0.1.32/28')];
  expect(lines({ vnics, assignments, usage }, { addresses })).toEqual([
    'drain 10.0.1.0/28 vnic a',
    'drain 10.0.1.32/28 vnic a',
  ]);
  const draining = new Set(assignments.map(({ id }) => id));
  const cooling = [
    idle('10.0.1.0/28'),
    { ...idle('10.0.1.16/28'), leased: 4 },
    { ...idle('10.0.1.32/28'), cooling: 1 },
  ];
  expect(lines({ vnics, assignments, usage: cooling, draining }, { addresses })).toEqual([
    'DeletePrivateIp 10.0.1.0/28 vnic a',
    'wait addresses-in-use 10.0.1.16/28 since 5000',
    'wait addresses-in-use 10.0.1.32/28 since 5000',
  ]);
});

test('a mark is taken back before anything new is bought, unless it was told to go', () => {
  const state = {
    vnics: [primary, vnic('a')],
    assignments: [block('a', '10.0.1.0/28'), block('a', '10.0.1.16/28')],
    usage: [idle('10.0.1.0/28'), idle('10.0.1.16/28')],
    draining: new Set(['id-10.0.1.0/28', 'id-10.0.1.16/28']),
  };
  const addresses = { inet: { atLeast: 32, atMost: 64 } };
  expect(lines(state, { addresses })).toEqual([
    'undrain 10.0.1.0/28 vnic a',
    'undrain 10.0.1.16/28 vnic a',
  ]);
  const leaving = new Set(['id-10.0.1.0/28']);
  expect(lines({ ...state, leaving }, { addresses })).toEqual([
    'undrain 10.0.1.16/28 vnic a',
    'AttachVnic subnet subnet-a nsg nsg-1 skip-source-dest-check',
    'DeletePrivateIp 10.0.1.0/28 vnic a',
  ]);
});

test('an idle VNIC is detached as a whole, but never with addresses of others on it', () => {
  const state = {
    vnics: [primary, vnic('a')],
    assignments: [block('a', '10.0.1.0/28')],
    usage: [idle('10.0.1.0/28')],
    draining: new Set(['id-10.0.1.0/28']),
  };
  const addresses = { inet: { atLeast: 0, atMost: 0 } };
  expect(lines(state, { addresses })).toEqual(['DetachVnic a']);
  const foreign = block('a', '10.0.1.99/32', { tags: {} });
  expect(lines({ ...state, assignments: [...state.assignments, foreign] }, { addresses })).toEqual([
    'wait foreign-addresses a since 5000 (1 of others)',
    'DeletePrivateIp 10.0.1.0/28 vnic a',
  ]);
});

test('a VNIC in a subnet that is not wanted any more is vacated, and goes when its pods have gone', () => {
  const state = {
    vnics: [primary, vnic('old', { subnetId: 'subnet-old' })],
    assignments: [block('old', '10.9.1.0/28')],
    usage: [{ ...idle('10.9.1.0/28'), leased: 1 }],
  };
  const addresses = { inet: { atLeast: 1, atMost: 32 } };
  expect(lines(state, { addresses })).toEqual(['drain 10.9.1.0/28 vnic old']);
  const draining = new Set(['id-10.9.1.0/28']);
  expect(lines({ ...state, draining, usage: [idle('10.9.1.0/28')] }, { addresses })).toEqual([
    'AttachVnic subnet subnet-a nsg nsg-1 skip-source-dest-check',
    'DetachVnic old',
  ]);
});

test('security groups and the source check are set right', () => {
  const changed = vnic('a', { nsgIds: [], skipSourceDestCheck: false });
  const assignments = [block('a', '10.0.1.0/28')];
  const addresses = { inet: { atLeast: 16, atMost: 16 } };
  expect(lines({ vnics: [primary, changed], assignments }, { addresses })).toEqual([
    'UpdateVnic a nsg nsg-1 skip-source-dest-check true',
  ]);
});

test('what is of others is not counted, not changed, not released', () => {
  const foreign = vnic('foreign', { tags: { [ownerTag]: 'instance-2' }, nsgIds: [] });
  const assignments = [block('foreign', '10.0.1.0/28'), block('a', '10.0.2.0/28', { tags: {} })];
  const addresses = { inet: { atLeast: 0, atMost: 0 } };
  expect(
    lines(
      { vnics: [primary, foreign], assignments, draining: new Set(['id-10.0.1.0/28']) },
      { addresses },
    ),
  ).toEqual([]);
});
