import {
  createVcnLab,
  type KubeService,
  type LabDaemon,
  type LabPod,
  type ProxyMode,
  type ProxyNode,
  proxyServices,
  type VcnLab,
  type VcnLabNode,
} from '../src/index.ts';
import { serveByName } from './service-server.ts';

export type Family = 'inet' | 'inet6';
export const families = ['inet', 'inet6'] as const satisfies Family[];

export interface ServiceLabOptions {
  mode: ProxyMode;
  filter: 'nftables' | 'iptables';
  /** Of pods' VNICs. */
  skip?: boolean;
  /** How kube-proxy knows pods of its node; default by the CIDRs of pods. */
  local?: ProxyNode['local'];
  /** More of the daemons' configuration. */
  config?: Record<string, unknown>;
  /** Standard error of the daemons. */
  log?: (text: string) => void;
}

/** Two nodes with kube-proxy's rules and two pods each, and one that only calls. */
export interface ServiceLab extends AsyncDisposable {
  lab: VcnLab;
  one: VcnLabNode;
  two: VcnLabNode;
  /** Of the VCN, outside of the cluster. */
  client: VcnLabNode;
  daemons: LabDaemon[];
  /** On the first node, on the second. Each answers with its name and the address that it saw. */
  pods: Record<'alpha' | 'beta' | 'gamma' | 'delta', LabPod>;
  /** What the internet side calls to reach the first node. */
  publicAddress: Record<Family, string>;
  /** kube-proxy's rules of both nodes for these Services, in place of those of before. */
  serve(services: readonly KubeService[]): Promise<void>;
  /** The addresses of the first node's VNICs. */
  ownAddresses(): string[];
  /** Packets that VNICs of all nodes lost for their sources so far. */
  drops(): Promise<number>;
}

export const podPort = 8080;

export async function createServiceLab(options: ServiceLabOptions): Promise<ServiceLab> {
  await using stack = new AsyncDisposableStack();
  const { mode, filter, skip = false, log } = options;
  const config = { filter, oci: { skipSourceDestCheck: skip }, ...options.config };
  const lab = stack.use(await createVcnLab({ nodes: 3, config, ...(log && { log }) }));
  const [one, two, client] = lab.nodes as [VcnLabNode, VcnLabNode, VcnLabNode];
  const daemons = await Promise.all([one.startDaemon(), two.startDaemon()]);
  await Promise.all([one.stocked(), two.stocked()]);
  const added = async (node: VcnLabNode, name: string) => {
    const pod = await node.pod(name);
    await pod.add();
    await serveByName(pod.namespace, name, podPort);
    return pod;
  };
  const [alpha, beta, gamma, delta] = await Promise.all([
    added(one, 'alpha'),
    added(one, 'beta'),
    added(two, 'gamma'),
    added(two, 'delta'),
  ]);
  await serveByName(client.namespace, 'client', podPort);
  const publicAddress = { inet: '192.0.2.77', inet6: one.primary.address.inet6! };
  await lab.vcn.fabric.expose(one.primary.id, publicAddress.inet);
  const local = options.local ?? {
    clusterCidr: { inet: '10.0.128.0/20', inet6: 'fd00:10:0:1::/64' },
  };
  const kept = stack.move();
  return {
    lab,
    one,
    two,
    client,
    daemons,
    pods: { alpha: alpha!, beta: beta!, gamma: gamma!, delta: delta! },
    publicAddress,
    async serve(services) {
      for (const { name, namespace, primary } of [one, two]) {
        const { address } = primary;
        const serviceCidrs = ['10.96.0.0/16', 'fd00:96::/112'];
        await proxyServices(namespace, mode, services, { name, address, local, serviceCidrs });
      }
    },
    ownAddresses() {
      const { vnics } = lab.vcn.cloud.facts();
      const own = vnics.filter(({ instanceId }) => instanceId === one.instanceId);
      return own.flatMap(({ address }) => Object.values(address));
    },
    async drops() {
      const { vnics } = lab.vcn.cloud.facts();
      const counts = await Promise.all(vnics.map(({ id }) => lab.vcn.fabric.drops(id)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
