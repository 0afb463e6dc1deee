import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVcn, type Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';
import {
  arrivals,
  assign,
  attach,
  configure,
  ping,
  pod,
  release,
  setSkip,
  sh,
} from './fabric-lab.ts';

let vcn: Vcn;
let node: VcnNode;
let other: VcnNode;
let vnic: Awaited<ReturnType<typeof attach>>;

beforeAll(async () => {
  vcn = await startVcn();
  [node, other] = vcn.nodes as [VcnNode, VcnNode];
  vnic = await attach(vcn, node);
  await configure(vcn, node, vnic);
});
afterAll(() => vcn[Symbol.asyncDispose]());

const host = (cidr: string): string => cidr.split('/')[0]!;
const otherAddress = () => other.primary.address.inet!;

/** Everything that leaves the node takes the primary VNIC, whatever its source. */
async function byThePrimary(address: string, work: () => Promise<void>): Promise<void> {
  const ip = address.includes(':') ? 'ip -6' : 'ip';
  await sh(node, `${ip} rule add from ${address} lookup main priority 1000`);
  try {
    await work();
  } finally {
    await sh(node, `${ip} rule delete from ${address} lookup main priority 1000`);
  }
}

describe.each([false, true])('with skipSourceDestCheck %s', (skip) => {
  beforeAll(() => setSkip(vcn, node.primary, skip));
  afterAll(() => setSkip(vcn, node.primary, false));

  test.each(['inet', 'inet6'] as const)('a source of another VNIC, %s', async (family) => {
    const source = vnic.address[family]!;
    const before = await vcn.fabric.drops(node.primary.id);
    const match = `${family === 'inet' ? 'ip' : 'ip6'} saddr ${source}`;
    const arrived = await arrivals(other, match, () =>
      byThePrimary(source, async () => {
        const to = other.primary.address[family]!;
        expect(await ping(node, to, { source, count: 3 })).toBe(skip);
      }),
    );
    expect(arrived).toBe(skip ? 3 : 0);
    expect((await vcn.fabric.drops(node.primary.id)) - before).toBe(skip ? 0 : 3);
  });
});

test('a source that nobody holds is dropped as well, on a secondary VNIC too', async () => {
  await sh(
    node,
    'ip address add 10.99.9.9/32 dev lo',
    `ip rule add from 10.99.9.9 lookup ${vnic.table}`,
  );
  expect(await ping(node, otherAddress(), { source: '10.99.9.9' })).toBe(false);
  expect(await vcn.fabric.drops(vnic.id)).toBe(1);
});

test('an address is reachable as long as the VNIC holds it, and not a packet longer', async () => {
  const cidr = await assign(vcn, vnic);
  const made = await pod(vcn, node, vnic, host(cidr));
  expect(await ping(made, otherAddress())).toBe(true);
  expect(await ping(other, host(cidr))).toBe(true);
  await release(vcn, cidr);
  for (const skip of [false, true]) {
    await setSkip(vcn, vnic, skip);
    const arrived = await arrivals(node, `ip daddr ${host(cidr)}`, async () => {
      expect(await ping(other, host(cidr))).toBe(false);
    });
    expect(arrived).toBe(0);
    const before = await vcn.fabric.drops(vnic.id);
    expect(await ping(made, otherAddress(), { count: 2 })).toBe(false);
    expect((await vcn.fabric.drops(vnic.id)) - before).toBe(skip ? 0 : 2);
  }
  await setSkip(vcn, vnic, false);
});

test('an address moved to another VNIC goes there at once', async () => {
  const second = await attach(vcn, other);
  await configure(vcn, other, second);
  const cidr = await assign(vcn, vnic);
  await release(vcn, cidr);
  await assign(vcn, second, { ipAddress: host(cidr) });
  const made = await pod(vcn, other, second, host(cidr));
  expect(await ping(made, node.primary.address.inet!)).toBe(true);
});

test('a count tells what the fabric saw, and a probe that is gone counts nothing', async () => {
  await using echo = await vcn.fabric.count(`ip daddr ${otherAddress()} icmp type echo-request`);
  expect(await echo.packets()).toBe(0);
  await ping(node, otherAddress(), { count: 2 });
  expect(await echo.packets()).toBe(2);
  await expect(vcn.fabric.count('ip daddr nonsense here')).rejects.toThrow(/nonsense/);
});

test.each(['inet', 'inet6'] as const)(
  'what is under way while the VCN changes is not taken for another’s, %s',
  async (family) => {
    await using stack = new AsyncDisposableStack();
    const flood = ['-f', '-q', '-i', '0', other.primary.address[family]!];
    const child = node.namespace.spawn('ping', flood, { stdio: 'ignore' });
    stack.defer(() => void child.kill('SIGKILL'));
    const before = await vcn.fabric.drops(node.primary.id);
    for (let round = 0; round < 30; round++)
      await vcn.fabric.expose(vnic.id, round % 2 === 0 ? '192.0.2.40' : undefined);
    expect(child.exitCode).toBeNull();
    expect((await vcn.fabric.drops(node.primary.id)) - before).toBe(0);
  },
);
