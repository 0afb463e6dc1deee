import { expect, test } from 'vitest';
import { createCloudView } from './cloud-view.ts';
import type { Assignment, Vnic } from './model.ts';

const vnic: Vnic = {
  id: 'v',
  attachmentId: 'a',
  displayName: 'vcn-cni-x-1',
  subnetId: 's',
  isPrimary: false,
  lifecycle: 'attached',
  addresses: {},
  nsgIds: [],
  skipSourceDestCheck: false,
  tags: {},
};
const address = (id: string, cidr: string): Assignment => ({
  id,
  vnicId: 'v',
  family: 'inet',
  cidr,
  lifecycle: 'available',
  tags: {},
});

function setUp() {
  let now = 0;
  const view = createCloudView(() => now, 30_000);
  view.listVnics([vnic]);
  const states = (): string[] => view.vnics().map(({ lifecycle }) => lifecycle);
  const ids = (): string[] => view.assignments().map(({ id }) => id);
  return { view, states, ids, pass: (ms: number) => (now += ms) };
}

test('a listing that still shows a VNIC attached which was told to go; after 30 s it is believed', () => {
  const { view, states, pass } = setUp();
  view.dropVnic('v');
  view.listVnics([vnic]);
  expect(states()).toEqual(['detaching']);
  expect(view.isGone('v')).toBe(false);
  pass(30_000);
  view.listVnics([vnic]);
  expect(states()).toEqual(['attached']);
});

test('a listing that does not show yet what was answered', () => {
  const { view, states, ids, pass } = setUp();
  view.putVnic({ ...vnic, lifecycle: 'attached' });
  view.putAssignment(address('1', '10.0.0.1/32'));
  view.listVnics([]);
  view.listAssignments('v', []);
  expect([states(), ids()]).toEqual([['attached'], ['1']]);
  pass(30_000);
  view.listAssignments('v', []);
  expect(ids()).toEqual([]);
  view.listVnics([]);
  expect(states()).toEqual([]);
});

test('a listing that still shows what was released: neither there nor forgotten, until it settles', () => {
  const { view, ids, pass } = setUp();
  const released = address('1', '10.0.0.1/32');
  view.listAssignments('v', [released]);
  view.dropAssignment('1');
  view.listAssignments('v', [released]);
  expect([ids(), view.isGone('1')]).toEqual([[], false]);
  pass(30_000);
  view.listAssignments('v', []);
  expect([ids(), view.isGone('1')]).toEqual([[], true]);
});

test('an address that was given anew takes the place of the one that a listing still shows', () => {
  const { view, ids } = setUp();
  const old = address('1', '10.0.0.1/32');
  view.listAssignments('v', [old]);
  view.putAssignment(address('2', '10.0.0.1/32'));
  view.listAssignments('v', [old]);
  expect(ids()).toEqual(['2']);
});
