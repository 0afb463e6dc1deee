import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTcp, serveTcp } from '../src/index.ts';
import { startOperator } from './cloud-operator.ts';
import { answering, call } from './service-calls.ts';
import { type Family, families, type ServiceLab } from './service-lab.ts';
import { madeService } from './service-made.ts';

/** Kept as destinations up to the node, as a network load balancer that preserves both ends does. */
const balancer = { inet: '198.51.100.77', inet6: 'fd00:51:100::77' } as const;
const guarded = { inet: '198.51.100.78', inet6: 'fd00:51:100::78' } as const;
const external = { inet: '198.51.100.79', inet6: 'fd00:51:100::79' } as const;
const healthCheckNodePort = 30999;

/** Addresses of others that are delivered to the first node. */
export function balancerFlows(lab: () => ServiceLab): void {
  beforeAll(async () => {
    const it = lab();
    for (const family of families) await deliver(it, family, [balancer, guarded, external]);
    // Replies have the called address as their source, which is none of the node's.
    await checkSources(it, false);
    await it.serve([
      madeService(it, 11, ['beta', 'gamma'], {
        loadBalancerIps: Object.values(balancer),
        sourceRanges: ['10.0.0.0/8', 'fd00:10::/56'],
        externalTrafficPolicy: 'Local',
        healthCheckNodePort,
      }),
      madeService(it, 12, ['beta', 'gamma'], {
        loadBalancerIps: Object.values(guarded),
        sourceRanges: ['192.0.2.0/24', 'fd00:99::/64'],
      }),
      madeService(it, 13, ['beta', 'gamma'], { externalIps: Object.values(external) }),
    ]);
  });
  afterAll(() => checkSources(lab(), true));

  describe.each(families)('%s', (family) => {
    test("a load balancer's address, policy Local: the pod sees the client", async () => {
      const { client } = lab();
      const calls = await call(client.namespace, balancer[family], 80, { count: 12 });
      const seen = client.primary.address[family];
      expect(calls).toEqual(Array(12).fill({ pod: 'beta', seen }));
    });

    test('pods reach it too, and any endpoint', async () => {
      const { alpha, delta } = lab().pods;
      for (const { namespace } of [alpha, delta]) {
        const calls = await call(namespace, balancer[family], 80, { count: 30 });
        expect(answering(calls)).toEqual(['beta', 'gamma']);
      }
    });

    test('an external address: any endpoint', async () => {
      const { client } = lab();
      const calls = await call(client.namespace, external[family], 80, { count: 30 });
      expect(answering(calls)).toEqual(['beta', 'gamma']);
    });

    test('the health check is answered by the node itself', async () => {
      const { one, client } = lab();
      using _ = await serveTcp(one.namespace, healthCheckNodePort);
      const to = one.primary.address[family]!;
      const seen = await connectTcp(client.namespace, to, healthCheckNodePort);
      expect(seen).toBe(client.primary.address[family]);
    });
  });

  test('who is in none of its source ranges gets nothing', async () => {
    const { client } = lab();
    expect(await call(client.namespace, guarded.inet, 80)).toEqual(['silent']);
  });
}

/** The VCN gives packets for these addresses to the first node. */
async function deliver(
  { lab, one }: ServiceLab,
  family: Family,
  addresses: readonly Record<Family, string>[],
): Promise<void> {
  const router = lab.vcn.fabric.namespace;
  const { stdout } = await router.exec('ip', ['-j', 'route', 'get', one.primary.address[family]!]);
  const [{ dev, gateway }] = JSON.parse(stdout) as [{ dev: string; gateway: string }];
  const lines = addresses.map(
    (address) => `route add ${address[family]} via ${gateway} dev ${dev} onlink\n`,
  );
  const { code, stderr } = await router.exec('ip', ['-batch', '-'], { input: lines.join('') });
  if (code !== 0) throw new Error(`ip -batch: ${stderr}`);
}

async function checkSources({ lab, one }: ServiceLab, check: boolean): Promise<void> {
  await using operator = await startOperator(lab.vcn.cloud);
  await operator.client.updateVnic(one.primary.id, { skipSourceDestCheck: !check });
  await lab.vcn.settled();
}
