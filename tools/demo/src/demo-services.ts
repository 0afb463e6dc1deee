import { type KubeService, type LabPod, proxyServices, type VcnLab } from '@vcn-cni/lab';
import { families } from './end.ts';
import { port } from './flow.ts';
import type { NodePods } from './node-pods.ts';

/** The Services of the node at a place: one for each way that a connection can take. */
export interface NodeServices {
  /** Its endpoint is the node's second pod. */
  local: KubeService;
  /** Its endpoint is the next node's first pod; with one node, the same as `hairpin`. */
  remote: KubeService;
  /** Its endpoint is the node's first pod. */
  hairpin: KubeService;
  /** With node ports: that of policy Local leads to the second pod, that of policy Cluster to the next node. */
  nodePortLocal: KubeService;
  nodePortCluster: KubeService;
  /** Both are its endpoints, and a client stays with one. */
  affinity: KubeService;
}

/** Where the nodes' own answer to load balancers is. */
export const healthCheckPort = 30_999;

export function nodeServices(placed: readonly NodePods[], at: number): NodeServices {
  const here = placed[at]!;
  const next = placed[(at + 1) % placed.length]!;
  const second = { pod: here.second, node: here.node.name };
  const remote = { pod: next.first, node: next.node.name };
  const number = at * 6;
  return {
    local: service(number + 1, 'local', second),
    remote: service(number + 2, 'remote', remote),
    hairpin: service(number + 3, 'hairpin', { pod: here.first, node: here.node.name }),
    nodePortLocal: {
      ...service(number + 4, 'node-port-local', second, 30_100 + at),
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: healthCheckPort,
    },
    nodePortCluster: service(number + 5, 'node-port-cluster', remote, 30_200 + at),
    affinity: {
      ...service(number + 6, 'affinity', second),
      endpoints: [second, remote].flatMap(endpointsOf),
      affinitySeconds: 10_800,
    },
  };

  function service(
    number: number,
    kind: string,
    endpoint: Endpoint,
    nodePort?: number,
  ): KubeService {
    return {
      namespace: 'default',
      name: `${kind}-${here.node.name}`,
      clusterIps: [`10.96.0.${number}`, `fd00:96::${number.toString(16)}`],
      ports: [
        {
          protocol: 'TCP',
          port: 80,
          targetPort: port,
          ...(nodePort === undefined ? {} : { nodePort }),
        },
      ],
      endpoints: endpointsOf(endpoint),
    };
  }
}

interface Endpoint {
  pod: LabPod;
  node: string;
}

const endpointsOf = ({ pod, node }: Endpoint) =>
  families.map((family) => ({ address: pod.address(family), node }));

/**
 * The rules of all Services on every node, as kube-proxy writes them in nftables mode, told pods by their interfaces;
 * and the internet side can call each node.
 */
export async function serveAll(lab: VcnLab, placed: readonly NodePods[]): Promise<void> {
  const services = placed.flatMap((_, at) => Object.values(nodeServices(placed, at)));
  for (const [at, { node }] of placed.entries()) {
    const { name, namespace, primary } = node;
    const local = { interfacePrefix: 'oci' };
    const serviceCidrs = ['10.96.0.0/16', 'fd00:96::/112'];
    const proxied = { name, address: primary.address, local, serviceCidrs };
    await proxyServices(namespace, 'nftables', services, proxied);
    await lab.vcn.fabric.expose(primary.id, publicAddress(at));
  }
}

/** Stands for the primary address of the node at a place; only IPv4 has such. */
export const publicAddress = (at: number): string => `192.0.2.${100 + at}`;
