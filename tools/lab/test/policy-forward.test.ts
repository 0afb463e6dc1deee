import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectTcp, serveTcp } from '../src/index.ts';
import { createPolicyCluster, type PodName, type PolicyCluster, ports } from './policy-cluster.ts';

const families = ['inet', 'inet6'] as const;
const mode = { chainInsertMode: 'Append', mangleAllowAction: 'Return' } as const;

describe.each(['nftables', 'iptables'])('FORWARD as docker leaves it, beside %s', (filter) => {
  let cluster: PolicyCluster;

  beforeAll(async () => {
    cluster = await createPolicyCluster({ filter, forwardAccept: true }, mode);
    const { nodes, pods } = cluster;
    for (const { namespace } of nodes)
      for (const program of ['iptables', 'ip6tables'])
        await namespace.exec(program, ['-P', 'FORWARD', 'DROP']);
    await Promise.all(nodes.map((node) => node.startDaemon()));
    await Promise.all(nodes.map((node) => node.stocked()));
    await Promise.all(Object.values(pods).map((pod) => pod.add()));
    await serveTcp(pods.web.namespace, ports.service);
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  const reach = (froms: PodName[]) =>
    Promise.all(
      froms.flatMap((from) =>
        families.map(async (family) => {
          const { web, [from]: pod } = cluster.pods;
          const seen = await connectTcp(pod.namespace, web.address(family), ports.service);
          return seen === pod.address(family);
        }),
      ),
    );

  test('pods reach each other, on one node and across', async () => {
    expect(await reach(['stranger', 'far-stranger'])).toEqual([true, true, true, true]);
  });

  test('a policy engine that comes later decides, and nothing of ours accepts what it drops', async () => {
    const { nodes } = cluster;
    await cluster.refresh();
    await vi.waitFor(async () => {
      for (const { namespace } of nodes)
        for (const program of ['iptables', 'ip6tables'])
          expect((await namespace.exec(program, ['-S'])).stdout).not.toContain('VCN-CNI-FORWARD');
    }, 5_000);
    expect(await reach(['client', 'far-client'])).toEqual([true, true, true, true]);
    expect(await reach(['stranger', 'far-stranger'])).toEqual([false, false, false, false]);
  });
});
