import { connectTcp, ping, resolveName, type VcnLab } from '@vcn-cni/lab';
import { type End, endPortText, endText, type Family, internetEnd, podEnd } from './end.ts';
import { flow, port, reaching } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

const resolver = { inet: '169.254.169.254', inet6: 'fd00:c1::a9fe:a9fe' } as const;
const name = 'internet.example';

/** Flows of a node's pods out of the VCN. */
export async function outsideRows(
  lab: VcnLab,
  { first, second }: NodePods,
  family: Family,
): Promise<Flow[]> {
  const [pod, internet] = [podEnd(first, family), internetEnd(lab, family)];
  // Only IPv4 is translated on the way out of a VCN.
  const seen = family === 'inet' ? lab.vcn.facts.natGateway?.publicIp : pod.address;
  const found = await resolveName(pod.namespace, resolver[family], family, name);
  const source = found && (await connectTcp(pod.namespace, found, port));
  const named = { name, address: found ?? 'without an address' };
  return [
    reaching(
      'dns-allowed',
      [endText(pod), endPortText({ name: 'resolver', address: resolver[family] }, 53)],
      found === internet.address,
    ),
    await flow('pod-outside', pod, internet, seen),
    reaching(
      'internet',
      [endText(pod), endPortText(named, port)],
      source !== undefined && source === seen,
    ),
    await narrowWay(podEnd(second, family), internet),
  ];
}

/** Reached means: what says that a packet is too long came back to the pod, and its kernel has learned from it. */
async function narrowWay(pod: End, internet: End): Promise<Flow> {
  const learned = async () => {
    const { stdout } = await pod.namespace.exec('ip', ['route', 'get', internet.address]);
    return stdout.includes('mtu 1500');
  };
  const before = await learned();
  await ping(pod.namespace, internet.address, { size: 4000, count: 1 });
  const ends = ['gateway, packet too big', endText(pod)] as const;
  return reaching('path-mtu', ends, !before && (await learned()));
}
