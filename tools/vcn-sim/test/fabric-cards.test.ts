import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVcn, type Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';
import { attach, detach, sh } from './fabric-lab.ts';

let vcn: Vcn;
let node: VcnNode;

beforeAll(async () => {
  vcn = await startVcn({ nodes: 1 });
  [node] = vcn.nodes as [VcnNode];
});
afterAll(() => vcn[Symbol.asyncDispose]());

const links = async () => {
  const { links } = await node.handle.snapshot();
  return links.filter(({ name }) => name !== 'lo');
};

test('a node that has booted has its primary VNIC, as DHCP would have set it up', async () => {
  expect(await links()).toEqual([
    expect.objectContaining({ name: 'ens3', mac: node.primary.mac, mtu: 9000, up: true }),
  ]);
  expect(await sh(node, 'ip -4 address show dev ens3')).toContain(
    `inet ${node.primary.address.inet}/24`,
  );
  expect(await sh(node, 'ip route show default')).toContain('via 10.0.0.1 dev ens3');
  expect(await sh(node, 'ip -6 route show default')).toContain('via fe80::');
});

test('a VNIC is a card with its MAC, down and without an address, until it is detached', async () => {
  const vnic = await attach(vcn, node);
  expect(await links()).toContainEqual(
    expect.objectContaining({ name: 'ens5', mac: vnic.mac, mtu: 9000, up: false }),
  );
  expect(await sh(node, 'ip address show dev ens5')).not.toContain('inet');
  const second = await attach(vcn, node);
  expect(second.device).toBe('ens6');
  await detach(vcn, vnic);
  expect((await links()).map(({ name }) => name).sort()).toEqual(['ens3', 'ens6']);
  const third = await attach(vcn, node);
  expect(third.device).toBe('ens5');
  expect(vcn.fabric.device(vnic.id)).toBeUndefined();
});

test('a VNIC lost behind the back of its node is gone too', async () => {
  const before = (await links()).length;
  const vnic = await attach(vcn, node);
  vcn.cloud.loseVnic(vnic.attachmentId);
  await vcn.settled();
  expect(await links()).toHaveLength(before);
});

test('an instance that is terminated takes its namespace along', async () => {
  const more = await vcn.launch('short-lived');
  vcn.cloud.terminateInstance(more.instanceId);
  await vcn.settled();
  await expect(more.handle.snapshot()).rejects.toThrow(/closed/);
});

test('nothing is left when it is disposed of', async () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const before = descriptors();
  const gone = await startVcn({ nodes: 1 });
  await gone[Symbol.asyncDispose]();
  expect(descriptors()).toBeLessThanOrEqual(before);
});
