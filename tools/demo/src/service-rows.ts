import { connectTcp, type KubeService, type VcnLab, type VcnLabNode } from '@vcn-cni/lab';
import { nodeServices, publicAddress } from './demo-services.ts';
import { type End, type Family, internetEnd, podEnd } from './end.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

/** Flows to Services that begin on the node at a place, or arrive at it. */
export async function serviceRows(
  lab: VcnLab,
  placed: readonly NodePods[],
  at: number,
  family: Family,
): Promise<Flow[]> {
  const { node, first } = placed[at]!;
  const services = nodeServices(placed, at);
  const [pod, internet] = [podEnd(first, family), internetEnd(lab, family)];
  const nodes = await nodeAddresses(node);
  const rows = [
    await inside('pod-service-local', services.local, [pod.address]),
    await inside('pod-service-hairpin', services.hairpin, nodes),
    await outside('nodeport-local', services.nodePortLocal, [internet.address]),
    await outside('nodeport-cluster', services.nodePortCluster, nodes),
  ];
  if (placed.length === 1) return rows;
  return [await inside('pod-service-remote', services.remote, [pod.address]), ...rows];

  function inside(name: string, service: KubeService, seen: readonly string[]): Promise<Flow> {
    const address = service.clusterIps.find((ip) => ip.includes(':') === (family === 'inet6'))!;
    return serviceRow(name, pod, { name: service.name, address, port: 80 }, seen);
  }

  function outside(name: string, service: KubeService, seen: readonly string[]): Promise<Flow> {
    const address = family === 'inet' ? publicAddress(at) : node.primary.address.inet6!;
    const port = service.ports[0]!.nodePort!;
    return serviceRow(name, internet, { name: node.name, address, port }, seen);
  }
}

/** Reached means: the server of a TCP connection saw one of these addresses. */
async function serviceRow(
  name: string,
  from: End,
  to: { name: string; address: string; port: number },
  seen: readonly string[],
): Promise<Flow> {
  const source = await connectTcp(from.namespace, to.address, to.port);
  const host = to.address.includes(':') ? `[${to.address}]` : to.address;
  return {
    name,
    from: `${from.name} ${from.address}`,
    to: `${to.name} ${host}:${to.port}`,
    expect: 'reached',
    outcome: source !== undefined && seen.includes(source) ? 'reached' : 'unreached',
    rttMs: null,
  };
}

/** A pod may see its node under the address of any of its VNICs. */
async function nodeAddresses(node: VcnLabNode): Promise<string[]> {
  const { vnics } = await node.vnics();
  return [...Object.values(node.primary.address), ...vnics.flatMap(({ addresses }) => addresses)];
}
