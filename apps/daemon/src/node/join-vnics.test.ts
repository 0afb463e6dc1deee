import type { LinkFact } from '@vcn-cni/netlink';
import { aliasPrefix, type NodeFacts } from '@vcn-cni/pod-network';
import { expect, test } from 'vitest';
import { joinVnics } from './join-vnics.ts';
import type { Offer, SourceVnic } from './offer.ts';

const base: NodeFacts = {
  primary: {
    ...{ name: 'ens3', id: 'primary', mac: '02:00:00:00:00:01', mtu: 9000 },
    ...{ addresses: { inet: '10.0.0.11' }, gateways: { inet: '10.0.0.1' }, blocks: [] },
  },
  secondaries: [],
  vcnCidrs: [],
  families: ['inet'],
};
const link = (name: string, mac: string, more: Partial<LinkFact> = {}): LinkFact => ({
  ...{ name, mac, index: 7, mtu: 1500, up: false, running: false, group: 0 },
  ...more,
});
const vnic: SourceVnic = {
  ...{ id: 'ocid1.vnic.a', mac: '02:00:00:00:00:0a' },
  ...{ addresses: { inet: '10.0.64.5' }, gateways: { inet: '10.0.64.1' } },
};
const offer: Offer = {
  vnics: [vnic],
  blocks: [
    { cidr: '10.0.64.16/28', vnic: vnic.id },
    { cidr: '10.0.0.32/28', vnic: 'primary' },
    { cidr: '10.0.64.32/28', vnic: 'of another' },
  ],
};
const slots = new Map([[vnic.id, 3]]);

test('a VNIC is the card that bears its MAC address, with its own blocks and table', () => {
  const links = [link('ens3', base.primary.mac!), link('ens5', vnic.mac)];
  const { node, missing } = joinVnics(base, offer, links, slots);
  expect(node.secondaries).toEqual([
    { ...vnic, name: 'ens5', mtu: 9000, slot: 3, blocks: ['10.0.64.16/28'] },
  ]);
  expect(node.primary.blocks).toEqual(['10.0.0.32/28']);
  expect(missing).toEqual([]);
});

test('a VNIC whose card is not there is missing, and nothing is planned for it', () => {
  const { node, missing } = joinVnics(base, offer, [link('ens3', base.primary.mac!)], slots);
  expect(node.secondaries).toEqual([]);
  expect(missing).toEqual([vnic]);
});

test('links of ours are no cards, though they bear its MAC address', () => {
  const ours = link('ens3.1', vnic.mac, { alias: `${aliasPrefix}vnic ${vnic.id}` });
  expect(joinVnics(base, offer, [ours], slots).missing).toEqual([vnic]);
  const described = link('ens5', vnic.mac, { alias: 'uplink of the rack' });
  const { node } = joinVnics(base, offer, [ours, described], slots);
  expect(node.secondaries.map(({ name }) => name)).toEqual(['ens5']);
});

test('bare metal: a VLAN of the port that is told by its MAC address', () => {
  const portMac = '02:00:00:00:00:f0';
  const trunked = { ...vnic, trunk: { portMac, vlanId: 12 } };
  const found = joinVnics(
    base,
    { ...offer, vnics: [trunked] },
    [link('ens3', base.primary.mac!), link('ens4', portMac)],
    slots,
  );
  expect(found.node.secondaries).toMatchObject([
    { name: 'ens4v12', mac: vnic.mac, trunk: { port: 'ens4', vlanId: 12 } },
  ]);
  const without = joinVnics(base, { ...offer, vnics: [trunked] }, [], slots);
  expect(without.missing).toEqual([trunked]);
});

test('bare metal: a VLAN of no told port is one of the primary', () => {
  const trunked = { ...vnic, trunk: { vlanId: 12 } };
  const { node } = joinVnics(base, { ...offer, vnics: [trunked] }, [], slots);
  expect(node.secondaries).toMatchObject([
    { name: 'ens3v12', trunk: { port: 'ens3', vlanId: 12 } },
  ]);
});
