import type { AttachmentRecord } from '@vcn-cni/attachment';
import type { BlockCounts } from '@vcn-cni/ipam';
import { defaultSettings, type NodeFacts } from '@vcn-cni/pod-network';
import { expect, test } from 'vitest';
import type { SourcedVnic } from './address-source.ts';
import { describeVnics, strandedPods } from './describe-vnics.ts';

const node: NodeFacts = {
  primary: {
    ...{ name: 'ens3', id: 'primary', mac: '02:00:00:00:00:01', mtu: 9000 },
    ...{ addresses: { inet: '10.0.0.11' }, gateways: {}, blocks: [] },
  },
  secondaries: [
    {
      ...{ name: 'ens5', id: 'ocid1.vnic.a', mac: '02:00:00:00:00:0a', mtu: 9000, slot: 3 },
      ...{ addresses: { inet: '10.0.64.5' }, gateways: {}, blocks: ['10.0.64.16/28'] },
    },
  ],
  vcnCidrs: [],
  families: ['inet'],
};
const counts = (cidr: string, vnic: string, more: Partial<BlockCounts> = {}): BlockCounts => ({
  ...{ cidr, vnic, family: 'inet', service: 'active' },
  ...{ total: 16, leased: 2, cooling: 1, free: 13, draining: 0, excluded: 0 },
  ...more,
});
const a: SourcedVnic = {
  ...{ id: 'ocid1.vnic.a', name: 'pods a', subnet: 'ocid1.subnet.p', state: 'attached' },
  ...{ mac: '02:00:00:00:00:0a', addresses: ['10.0.64.5'] },
};
const gone = counts('10.0.99.0/28', 'ocid1.vnic.z', { service: 'removed', total: 2, free: 0 });

test('a VNIC with its card, its table and its blocks', () => {
  const blocks = [counts('10.0.64.16/28', a.id!), counts('10.0.64.32/28', a.id!)];
  const counted = { total: 16, leased: 2, cooling: 1, free: 13, service: 'active' };
  expect(describeVnics([a], node, blocks, defaultSettings)).toEqual([
    {
      ...{ id: a.id, name: 'pods a', subnet: 'ocid1.subnet.p', state: 'attached' },
      ...{ device: 'ens5', mac: a.mac, table: defaultSettings.tables.vnicBase + 3 },
      ...{ addresses: ['10.0.64.5'], free: 26, used: 6 },
      blocks: [
        { cidr: '10.0.64.16/28', ...counted },
        { cidr: '10.0.64.32/28', ...counted },
      ],
    },
  ]);
});

test('one that is only ordered has neither id nor card yet', () => {
  const ordered = { name: 'pods b', state: 'attaching', addresses: [] };
  expect(describeVnics([ordered], node, [], defaultSettings)).toMatchObject([
    { id: null, device: null, table: null, mac: null, subnet: null, blocks: [], free: 0, used: 0 },
  ]);
});

test('the primary is shown if pods have addresses of it', () => {
  expect(describeVnics([a], node, [], defaultSettings)).toHaveLength(1);
  const [primary] = describeVnics([a], node, [counts('10.0.0.32/28', 'primary')], defaultSettings);
  expect(primary).toMatchObject({
    ...{ id: 'primary', device: 'ens3', table: defaultSettings.tables.primary },
    ...{ addresses: ['10.0.0.11'], mac: node.primary.mac },
  });
});

test('a VNIC that only pods remember is shown as gone', () => {
  const told = describeVnics([a], node, [gone], defaultSettings);
  expect(told).toMatchObject([
    { id: a.id },
    { id: 'ocid1.vnic.z', state: 'gone', device: null, table: null, used: 3, free: 0 },
  ]);
});

test('stranded are the pods of which one address is of a block that is gone', () => {
  const record = (name: string, addresses: [vnic: string, block: string][]): AttachmentRecord => {
    const key = { network: 'pods', containerId: `container of ${name}`, ifname: 'eth0' };
    return {
      ...{ key, phase: 'attached', startedAt: 0n },
      lease: {
        key,
        addresses: addresses.map(([vnic, block]) => ({
          ...{ family: 'inet', address: '10.0.99.1', vnic, block },
        })),
      },
      detail: {
        spec: {
          ...{ key, netns: '', hostLink: '', hostMac: '', podMac: '', mtu: 9000 },
          ...(name !== 'bare' && { pod: { namespace: 'shop', name, uid: '' } }),
        },
      },
    } as AttachmentRecord;
  };
  const here: [string, string] = [a.id!, '10.0.64.16/28'];
  const there: [string, string] = ['ocid1.vnic.z', '10.0.99.0/28'];
  const records = [
    record('web', [here]),
    record('half', [here, there]),
    record('bare', [there]),
    record('other', [['ocid1.vnic.z', '10.0.64.16/28']]),
  ];
  const blocks = [counts('10.0.64.16/28', a.id!), gone];
  expect(strandedPods(records, blocks)).toEqual(['shop/half', 'container of bare']);
  expect(strandedPods(records, [blocks[0]!])).toEqual([]);
});
