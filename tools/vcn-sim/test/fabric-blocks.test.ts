import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVcn, type Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';
import { assign, attach, configure, ping, pod, setSkip, sh } from './fabric-lab.ts';

let vcn: Vcn;
let node: VcnNode;
let other: VcnNode;
let vnic: Awaited<ReturnType<typeof attach>>;
let block: string;

beforeAll(async () => {
  vcn = await startVcn();
  [node, other] = vcn.nodes as [VcnNode, VcnNode];
  vnic = await attach(vcn, node);
  await configure(vcn, node, vnic);
  block = await assign(vcn, vnic, { prefix: 28 });
  await sh(node, `ip rule add from ${block} lookup ${vnic.table} priority 1536`);
});
afterAll(() => vcn[Symbol.asyncDispose]());

/** The n-th address of the block. */
function inBlock(n: number): string {
  const [network = ''] = block.split('/');
  return network.replace(/\d+$/, (last) => `${Number(last) + n}`);
}

test('a block is delivered to the VNIC that holds it, which nobody asks where it is', async () => {
  await sh(
    node,
    'nft add table arp watch',
    "nft 'add chain arp watch asked { type filter hook input priority 0; }'",
    `nft add rule arp watch asked iifname ${vnic.device} arp operation request counter`,
  );
  const made = await pod(vcn, node, vnic, inBlock(3));
  expect(await ping(other, inBlock(3))).toBe(true);
  expect(await ping(made, other.primary.address.inet!)).toBe(true);
  expect(await sh(node, 'nft list table arp watch')).toContain('packets 0');
});

describe('an address of the block that no pod has', () => {
  /** Packets to it that the fabric saw after one ping. */
  async function seenAfter(work: () => Promise<boolean>): Promise<number> {
    await using echo = await vcn.fabric.count(`ip daddr ${inBlock(9)} icmp type echo-request`);
    expect(await work()).toBe(false);
    return await echo.packets();
  }
  const fromOutside = () => seenAfter(() => ping(other, inBlock(9)));
  const fromPod = () =>
    seenAfter(() => ping(vcn.sandbox.namespace(`pod ${inBlock(3)}`), inBlock(9)));

  test('comes back from the node once, and the primary may not send it', async () => {
    const before = await vcn.fabric.drops(node.primary.id);
    expect(await fromOutside()).toBe(2);
    expect((await vcn.fabric.drops(node.primary.id)) - before).toBe(1);
  });

  test('goes in circles until its time is up, where sources are not checked', async () => {
    await setSkip(vcn, node.primary, true);
    const seen = await fromOutside();
    await setSkip(vcn, node.primary, false);
    expect(seen).toBeGreaterThan(25);
  });

  test.each([false, true])(
    'goes in circles when a pod of the node asks, skipSourceDestCheck %s',
    async (skip) => {
      await setSkip(vcn, vnic, skip);
      const seen = await fromPod();
      await setSkip(vcn, vnic, false);
      expect(seen).toBeGreaterThan(25);
    },
  );

  test('is refused where a rule says so: the VCN sees it once, and never again', async () => {
    const guard = `iif ${vnic.device} unreachable priority 768`;
    await sh(node, `ip rule add ${guard}`);
    for (const skip of [false, true]) {
      await setSkip(vcn, node.primary, skip);
      expect(await fromOutside()).toBe(1);
      expect(await fromPod()).toBe(1);
    }
    await setSkip(vcn, node.primary, false);
    await sh(node, `ip rule delete ${guard}`);
  });
});

test('what a VNIC holds itself is answered for too, when the node asks on the link', async () => {
  await sh(node, `ip route add ${inBlock(11)} dev ${vnic.device} table ${vnic.table}`);
  await using echo = await vcn.fabric.count(`ip daddr ${inBlock(11)} icmp type echo-request`);
  await ping(vcn.sandbox.namespace(`pod ${inBlock(3)}`), inBlock(11));
  expect(await echo.packets()).toBeGreaterThan(0);
});

test('a block of IPv6 is delivered too, and what it holds without a pod goes in circles', async () => {
  const cidr = await assign(vcn, vnic, { family: 'inet6', prefix: 80 });
  const [held, empty] = [cidr.replace('/80', '5'), cidr.replace('/80', '6')];
  const made = await pod(vcn, node, vnic, held);
  expect(await ping(made, other.primary.address.inet6!)).toBe(true);
  expect(await ping(other, held)).toBe(true);

  await sh(node, `ip -6 rule add from ${cidr} lookup ${vnic.table} priority 1536`);
  await using echo = await vcn.fabric.count(`ip6 daddr ${empty} icmpv6 type echo-request`);
  expect(await ping(made, empty)).toBe(false);
  expect(await echo.packets()).toBeGreaterThan(25);
});
