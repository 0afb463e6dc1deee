import { expect, test } from 'vitest';
import {
  createVcnLab,
  type KubeService,
  type LabPod,
  type ProxyNode,
  proxyServices,
  type VcnLabNode,
} from '../src/index.ts';
import { answering, call } from './service-calls.ts';
import { podPort } from './service-lab.ts';
import { serveByName } from './service-server.ts';

/** As many as a real cluster has, each with three endpoints, of which the node has none but the last one's. */
const count = 2000;
const clusterIp = (at: number) => `10.96.${at >> 8}.${at & 255}`;

function services(node: VcnLabNode, pod: LabPod): KubeService[] {
  return Array.from({ length: count }, (_, at) => ({
    namespace: `team-${at % 40}`,
    name: `service-${at}`,
    clusterIps: [clusterIp(at)],
    ports: [
      {
        protocol: 'TCP' as const,
        port: 80,
        targetPort: podPort,
        ...(at % 10 === 0 ? { nodePort: 30_000 + at / 10 } : {}),
      },
    ],
    endpoints:
      at === count - 1
        ? [{ address: pod.address(), node: node.name }]
        : [1, 2, 3].map((host) => ({
            address: `10.0.${144 + (at >> 8)}.${(at + host) & 255}`,
            node: `other-${host}`,
          })),
    externalTrafficPolicy: at % 20 === 0 ? ('Local' as const) : ('Cluster' as const),
  }));
}

const proxyNode = ({ name, primary }: VcnLabNode): ProxyNode => ({
  name,
  address: primary.address,
  local: { interfacePrefix: 'oci' },
});

// Our filter stands among the rules of kube-proxy in one, beside them in the other.
test.each(['iptables', 'nftables'] as const)(
  `${count} Services in %s mode: they load, pods come and go, a ClusterIP is reached`,
  async (mode) => {
    const config = { pool: { families: ['inet'] }, filter: mode };
    await using lab = await createVcnLab({ nodes: 1, config });
    const [node] = lab.nodes as [VcnLabNode];
    await node.startDaemon();
    await node.stocked();
    const first = await added(node, 'first');
    await serveByName(first.namespace, 'first', podPort);
    const began = performance.now();
    await proxyServices(node.namespace, mode, services(node, first), proxyNode(node));
    expect(performance.now() - began).toBeLessThan(20_000);
    expect((await node.vcnctl('plan')).stdout).toBe('nothing to change\n');

    const later = await Promise.all(['second', 'third'].map((name) => added(node, name)));
    for (const { namespace } of [...later, node]) {
      const calls = await call(namespace, clusterIp(count - 1), 80, { count: 3 });
      expect(answering(calls)).toEqual(['first']);
    }
    await first.check();
    for (const pod of [first, ...later]) await pod.del();
  },
  60_000,
);

async function added(node: VcnLabNode, name: string): Promise<LabPod> {
  const pod = await node.pod(name);
  await pod.add();
  return pod;
}
