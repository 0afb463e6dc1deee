import { type CloudState, ownerTag, type Vnic } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { type InstanceFacts, lacksRouter, sourcedVnics, sourceVnics } from './oci-vnics.ts';

const instanceId = 'ocid1.instance.a';
const vnic = (more: Partial<Vnic> = {}): Vnic => ({
  ...{ id: 'ocid1.vnic.a', attachmentId: 'ocid1.vnicattachment.a', displayName: 'pods' },
  ...{ mac: '02:00:00:00:00:0a', subnetId: 'ocid1.subnet.p', isPrimary: false },
  ...{ lifecycle: 'attached', addresses: { inet: '10.0.64.5' }, nsgIds: [] },
  ...{ skipSourceDestCheck: false, tags: { [ownerTag]: instanceId } },
  ...more,
});
const state = (...vnics: Vnic[]): CloudState => ({
  ...{ source: 'cloud', vnics, assignments: [] },
  subnets: [
    {
      ...{ id: 'ocid1.subnet.p', cidrs: ['10.0.64.0/20'], lifecycle: 'available' },
      virtualRouter: { inet: '10.0.64.1' },
    },
  ],
});
const facts: InstanceFacts = { instanceId, routers: new Map() };
const seen = (one: Partial<Vnic>, more: Partial<InstanceFacts> = {}) =>
  sourceVnics(state(vnic(one)), { ...facts, ...more });

test('an attached VNIC of ours, with the router of its subnet', () => {
  expect(seen({})).toEqual([
    {
      ...{ id: 'ocid1.vnic.a', mac: '02:00:00:00:00:0a', addresses: { inet: '10.0.64.5' } },
      gateways: { inet: '10.0.64.1' },
    },
  ]);
});

test.each<[string, Partial<Vnic>]>([
  ['somebody else’s', { tags: {} }],
  ['another instance’s', { tags: { [ownerTag]: 'ocid1.instance.b' } }],
  ['still attaching', { lifecycle: 'attaching' }],
  ['detaching', { lifecycle: 'detaching' }],
  ['of a subnet that could not be read', { subnetId: 'ocid1.subnet.q' }],
])('the host is not told of one that is %s', (_, more) => {
  expect(seen(more)).toEqual([]);
});

test('where its subnet could not be read, the instance knows the router', () => {
  const routers = new Map([['ocid1.vnic.a', { inet: '10.0.65.1' }]]);
  const elsewhere = state(vnic({ subnetId: 'ocid1.subnet.q' }));
  expect(lacksRouter(elsewhere, facts)).toBe(true);
  expect(lacksRouter(elsewhere, { ...facts, routers })).toBe(false);
  expect(sourceVnics(elsewhere, { ...facts, routers })).toMatchObject([
    { gateways: { inet: '10.0.65.1' } },
  ]);
  expect(seen({}, { routers })[0]!.gateways).toEqual({ inet: '10.0.64.1' });
});

test('bare metal: a VLAN of its port; tag 0 is the port itself', () => {
  const ports = new Map([[1, '02:00:00:00:00:f1']]);
  const trunk = (more: Partial<Vnic>) => seen(more, { ports })[0]!.trunk;
  expect(trunk({ nicIndex: 1, vlanTag: 12 })).toEqual({ vlanId: 12, portMac: '02:00:00:00:00:f1' });
  expect(trunk({ nicIndex: 1, vlanTag: 0 })).toBeUndefined();
  expect(trunk({ vlanTag: 12 })).toEqual({ vlanId: 12 });
});

test('virtual machines have VLAN tags too, of no meaning', () => {
  expect(seen({ vlanTag: 12 })[0]).not.toHaveProperty('trunk');
});

test('people see every VNIC that is there but the primary, whoever attached it', () => {
  const { id: _, mac: __, ...ordered } = vnic({ lifecycle: 'attaching', addresses: {} });
  const gone = vnic({ lifecycle: 'detached' });
  const all = state(vnic({ isPrimary: true }), vnic({ tags: {} }), gone, ordered);
  expect(sourcedVnics(all)).toEqual([
    {
      ...{ id: 'ocid1.vnic.a', name: 'pods', subnet: 'ocid1.subnet.p', state: 'attached' },
      ...{ mac: '02:00:00:00:00:0a', addresses: ['10.0.64.5'] },
    },
    { name: 'pods', subnet: 'ocid1.subnet.p', state: 'attaching', addresses: [] },
  ]);
});
