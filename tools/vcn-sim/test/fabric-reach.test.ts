import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { internet, mtu } from '../src/fabric/addresses.ts';
import { startVcn, type Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';
import { arrivals, assign, attach, configure, ping, pod, sh } from './fabric-lab.ts';

let vcn: Vcn;
let node: VcnNode;
let other: VcnNode;

beforeAll(async () => {
  vcn = await startVcn();
  [node, other] = vcn.nodes as [VcnNode, VcnNode];
});
afterAll(() => vcn[Symbol.asyncDispose]());

const families = ['inet', 'inet6'] as const;
const host = (cidr: string): string => cidr.split('/')[0]!;
/** Payload of the largest echo request. */
const payload = { inet: mtu.vcn - 28, inet6: mtu.vcn - 48 };

describe('primary to primary', () => {
  test.each(families)('%s, at the full size', async (family) => {
    expect(await ping(node, other.primary.address[family]!, { size: payload[family] })).toBe(true);
    expect(await ping(node, other.primary.address[family]!, { size: payload[family] + 1 })).toBe(
      false,
    );
  });

  test('what is on link is answered for by the virtual router', async () => {
    const to = other.primary.address.inet!;
    await ping(node, to);
    const { mac } = vcn.subnets['nodes']!.virtualRouter;
    expect(await sh(node, `ip neighbour show ${to} dev ens3`)).toContain(mac);
  });

  test('neighbour discovery too', async () => {
    const to = other.primary.address.inet6!;
    const [prefix] = vcn.subnets['nodes']!.ipv6CidrBlocks;
    await sh(node, `ip -6 route add ${prefix} dev ens3`);
    expect(await ping(node, to)).toBe(true);
    const { mac } = vcn.subnets['nodes']!.virtualRouter;
    expect(await sh(node, `ip -6 neighbour show ${to} dev ens3`)).toContain(mac);
    await sh(node, `ip -6 route delete ${prefix} dev ens3`);
  });

  test('duplicates are found: nobody answers for an address but for that of another', async () => {
    const probe = (address: string) =>
      sh(
        node,
        `ip neighbour flush dev ens3; ping -c 1 -W 1 ${address} > /dev/null || true`,
        'ip neighbour show dev ens3',
      );
    const { mac } = vcn.subnets['nodes']!.virtualRouter;
    expect(await probe(other.primary.address.inet!)).toContain(
      `${other.primary.address.inet} lladdr ${mac}`,
    );
    expect(await probe('10.0.0.250')).not.toMatch(/10\.0\.0\.250 lladdr/);
  });
});

test('pods of two nodes reach each other by their own VNICs, and nothing is dropped', async () => {
  const pods = [];
  const vnics = [];
  for (const one of [node, other]) {
    const vnic = await attach(vcn, one);
    await configure(vcn, one, vnic);
    vnics.push(vnic);
    for (const family of families) {
      const address = host(await assign(vcn, vnic, { family }));
      pods.push({ family, address, namespace: await pod(vcn, one, vnic, address) });
    }
  }
  for (const family of families) {
    const [a, b] = pods.filter((one) => one.family === family);
    expect(await ping(a!.namespace, b!.address, { size: payload[family] })).toBe(true);
    expect(await ping(b!.namespace, a!.address, { size: payload[family] })).toBe(true);
  }
  for (const { id } of [...vnics, node.primary, other.primary]) {
    expect(await vcn.fabric.drops(id)).toBe(0);
  }
  for (const { id } of vnics) {
    expect((await vcn.fabric.traffic(id)).sent).toBeGreaterThanOrEqual(4);
  }
});

describe('the internet side', () => {
  /** Whether the host on the internet side got packets from this source. */
  const sourceSeen = async (source: string, work: () => Promise<void>): Promise<boolean> =>
    (await arrivals(vcn.internet, `ip saddr ${source}`, work)) > 0;

  const nat = () => vcn.facts.natGateway!.publicIp;

  test('sees the address of the NAT gateway', async () => {
    const reached = async () => expect(await ping(node, internet.host.inet)).toBe(true);
    expect(await sourceSeen(nat(), reached)).toBe(true);
  });

  test('cannot reach a private address', async () => {
    expect(await ping(vcn.internet, node.primary.address.inet!)).toBe(false);
  });

  test('takes 1500 bytes, and who sends more is told', async () => {
    const { stdout, code } = await node.exec('ping', [
      ...['-c', '2', '-i', '0.01', '-W', '1', '-M', 'do', '-s', '2000', internet.host.inet],
    ]);
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/mtu = 1500/i);
    expect(await ping(node, internet.host.inet, { size: mtu.internet - 28 })).toBe(true);
  });

  test('reaches a public address, which is also the source of what comes back and out', async () => {
    const address = '192.0.2.77';
    await vcn.fabric.expose(node.primary.id, address);
    expect(await ping(vcn.internet, address)).toBe(true);
    const reached = async () => expect(await ping(node, internet.host.inet)).toBe(true);
    expect(await sourceSeen(address, reached)).toBe(true);
    await vcn.fabric.expose(node.primary.id, undefined);
    expect(await ping(vcn.internet, address)).toBe(false);
  });
});
