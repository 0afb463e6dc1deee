import {
  connectTcp,
  countPackets,
  type KubeService,
  type VcnLab,
  type VcnLabNode,
} from '@vcn-cni/lab';
import { healthCheckPort, nodeServices, publicAddress } from './demo-services.ts';
import {
  type End,
  endPortText,
  endText,
  type Family,
  internetEnd,
  nodeEnd,
  podEnd,
} from './end.ts';
import { port, reaching } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

/** Flows to Services that begin on the node at a place, or arrive at it. */
export async function serviceRows(
  lab: VcnLab,
  placed: readonly NodePods[],
  at: number,
  family: Family,
): Promise<Flow[]> {
  const { node, first, second } = placed[at]!;
  const next = placed[(at + 1) % placed.length]!;
  const services = nodeServices(placed, at);
  const [pod, host] = [podEnd(first, family), nodeEnd(node, family)];
  const internet = internetEnd(lab, family);
  const nodes = await nodeAddresses(node);
  const { nodePortLocal } = services;
  const nodePort = nodePortLocal.ports[0]!.nodePort!;
  const rows = [
    await inside('pod-service-local', services.local, [pod.address]),
    await inside('pod-service-hairpin', services.hairpin, nodes),
    await inside('host-network-service', services.local, nodes, host),
    await affinity(),
    await outside('nodeport-local', nodePort, [internet.address]),
    await outside('nodeport-cluster', services.nodePortCluster.ports[0]!.nodePort!, nodes),
    await outside('health-check-port', healthCheckPort, [internet.address]),
  ];
  if (next.node === node) return rows;
  const far = podEnd(next.first, family);
  return [
    await inside('pod-service-remote', services.remote, [pod.address]),
    ...rows,
    // To kube-proxy it looks like a pod of the node: any endpoint may answer, and see either.
    await serviceRow('nodeport-from-pod', far, { ...host, port: nodePort }, [
      far.address,
      ...nodes,
    ]),
    await calledBack(nodeEnd(next.node, family)),
  ];

  function inside(
    name: string,
    service: KubeService,
    seen: readonly string[],
    from: End = pod,
  ): Promise<Flow> {
    return serviceRow(name, from, clusterEnd(service, family), seen);
  }

  function outside(name: string, number: number, seen: readonly string[]): Promise<Flow> {
    const address = family === 'inet' ? publicAddress(at) : host.address;
    return serviceRow(name, internet, { name: node.name, address, port: number }, seen);
  }

  /** A client uses the node port of a pod and is then called by that pod, under its own address. */
  async function calledBack(client: End): Promise<Flow> {
    const used = await serviceRow('', client, { ...host, port: nodePort }, [client.address]);
    const pod = podEnd(second, family);
    const to = { ...client, port };
    const back = await serviceRow('nodeport-client-called', pod, to, [pod.address]);
    return used.outcome === 'reached' ? back : { ...back, outcome: 'unreached' };
  }

  /** Reached means: of two endpoints one took all the connections, and the other none. */
  async function affinity(): Promise<Flow> {
    const to = clusterEnd(services.affinity, family);
    const opening = `tcp dport ${port} tcp flags syn / syn,ack`;
    await using one = await countPackets(second.namespace, opening);
    await using other = await countPackets(next.first.namespace, opening);
    for (let count = 0; count < calls; count += 1)
      await connectTcp(pod.namespace, to.address, to.port);
    const taken = [await one.packets(), await other.packets()];
    return reaching(
      'service-affinity',
      [endText(pod), `${endPortText(to, to.port)}, ${calls} times`],
      taken.includes(0) && taken.includes(calls),
    );
  }
}

/** Enough that a choice between two that is made anew each time would be the same once in 512. */
const calls = 10;

type ServiceEnd = Pick<End, 'name' | 'address'> & { port: number };

function clusterEnd({ name, clusterIps }: KubeService, family: Family): ServiceEnd {
  const address = clusterIps.find((ip) => ip.includes(':') === (family === 'inet6'))!;
  return { name, address, port: 80 };
}

/** Reached means: the server of a TCP connection saw one of these addresses. */
async function serviceRow(
  name: string,
  from: End,
  to: ServiceEnd,
  seen: readonly string[],
): Promise<Flow> {
  const source = await connectTcp(from.namespace, to.address, to.port);
  const reached = source !== undefined && seen.includes(source);
  return reaching(name, [endText(from), endPortText(to, to.port)], reached);
}

/** A pod may see its node under the address of any of its VNICs. */
async function nodeAddresses(node: VcnLabNode): Promise<string[]> {
  const { vnics } = await node.vnics();
  return [...Object.values(node.primary.address), ...vnics.flatMap(({ addresses }) => addresses)];
}
