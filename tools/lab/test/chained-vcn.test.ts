import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addChained, type ChainedPod, type ChainOptions } from '../src/chained-pod.ts';
import {
  connectTcp,
  createVcnLab,
  type LabPod,
  ping,
  referencePlugins,
  serveTcp,
  type VcnLab,
  type VcnLabNode,
} from '../src/index.ts';
import { serveBulk } from './tcp-bulk.ts';

const present = existsSync(`${referencePlugins}/portmap`);
if (!present) console.warn('skipped: chained plugins (no reference plugins in /usr/lib/cni)');

const publicAddress = '192.0.2.79';
const port = 8080;

describe.runIf(present)("Debian's plugins chained after ours, across the VCN", () => {
  let lab: VcnLab;
  let one: VcnLabNode;
  let client: LabPod;
  let far: LabPod;

  beforeAll(async () => {
    // Debian's portmap mixes the rules of a dual-stack pod.
    lab = await createVcnLab({ config: { pool: { families: ['inet'] } } });
    const [first, two] = lab.nodes as [VcnLabNode, VcnLabNode];
    one = first;
    await Promise.all(lab.nodes.map((node) => node.startDaemon()));
    await Promise.all(lab.nodes.map((node) => node.stocked()));
    client = await one.pod('client');
    far = await two.pod('far');
    await client.add();
    await far.add();
    await lab.vcn.fabric.expose(one.primary.id, publicAddress);
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  async function chain(
    name: string,
    options: ChainOptions,
    use: (pod: LabPod, chained: ChainedPod) => Promise<void>,
  ): Promise<void> {
    const pod = await one.pod(name);
    const chained = await addChained(one, pod, options);
    try {
      await use(pod, chained);
    } finally {
      await chained.del();
    }
    const left = (await one.residue()).filter((line) => line.includes(chained.address()));
    expect(left).toEqual([]);
  }

  test('portmap: a host port from outside, another node, its pods and pods beside it', async () => {
    const options = {
      plugins: [{ type: 'portmap', capabilities: { portMappings: true }, snat: true }],
      capabilities: { portMappings: [{ hostPort: 18080, containerPort: port, protocol: 'tcp' }] },
    };
    await chain('mapped', options, async (pod, { address }) => {
      await serveTcp(pod.namespace, port);
      const node = one.primary.address.inet!;
      const [outside, other] = [lab.vcn.internetAddress.inet, lab.nodes[1]!.primary.address.inet];
      // The client's address is kept for all.
      expect(await connectTcp(lab.vcn.internet, publicAddress, 18080)).toBe(outside);
      expect(await connectTcp(lab.nodes[1]!.namespace, node, 18080)).toBe(other);
      expect(await connectTcp(far.namespace, node, 18080)).toBe(far.address());
      expect(await connectTcp(client.namespace, node, 18080)).toBe(client.address());
      // What the pod itself asks of one of these clients goes under its own address.
      await serveTcp(far.namespace, port);
      expect(await connectTcp(pod.namespace, far.address(), port)).toBe(address());
    });
  });

  test('bandwidth: what a pod takes from another node is held back', async () => {
    const rate = { ingressRate: 8_000_000, ingressBurst: 800_000 };
    const options = {
      plugins: [{ type: 'bandwidth', capabilities: { bandwidth: true } }],
      capabilities: { bandwidth: { ...rate, egressRate: 8_000_000, egressBurst: 800_000 } },
    };
    await chain('shaped', options, async (pod, { address }) => {
      expect((await ping(far.namespace, address())).outcome).toBe('reached');
      using _bulk = await serveBulk(far.namespace, port + 1);
      const script = `exec 3<>/dev/tcp/${far.address()}/${port + 1} && wc -c <&3`;
      expect(Number((await pod.namespace.exec('bash', ['-c', script])).stdout)).toBe(300_000);
      const { stdout } = await one.namespace.exec('tc', ['-s', 'qdisc', 'show']);
      // Everything came through the bucket of the host's end.
      const [, sent] = stdout.match(/tbf .* dev oci\w+[\s\S]*?Sent (\d+) bytes/) ?? [];
      expect(Number(sent)).toBeGreaterThan(300_000);
    });
  });

  test('tuning: a narrower pod is reached from another node by all it takes', async () => {
    const tuning = { type: 'tuning', mac: '0a:58:0a:00:00:78', mtu: 1400 };
    await chain('tuned', { plugins: [tuning] }, async (pod, { address, check }) => {
      // The new address is followed without CHECK, which would do so too.
      await vi.waitFor(async () => {
        expect((await ping(far.namespace, address())).outcome).toBe('reached');
      }, 5_000);
      await check();
      using _bulk = await serveBulk(pod.namespace, port);
      const script = `exec 3<>/dev/tcp/${address()}/${port} && wc -c <&3`;
      expect(Number((await far.namespace.exec('bash', ['-c', script])).stdout)).toBe(300_000);
    });
  });

  test('sbr and firewall: across nodes and from the internet side', async () => {
    const plugins = [{ type: 'sbr' }, { type: 'firewall', backend: 'iptables' }];
    await chain('routed', { plugins }, async (pod, { address, check }) => {
      await check();
      await serveTcp(pod.namespace, port);
      expect(await connectTcp(far.namespace, address(), port)).toBe(far.address());
      expect(await connectTcp(one.namespace, address(), port)).toBe(one.primary.address.inet);
      const back = { source: address() };
      const reached = { outcome: 'reached' };
      expect(await ping(pod.namespace, far.address(), back)).toMatchObject(reached);
      const outside = lab.vcn.internetAddress.inet;
      expect(await ping(pod.namespace, outside, back)).toMatchObject(reached);
    });
  });
});
