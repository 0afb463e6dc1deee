import { existsSync } from 'node:fs';
import {
  addChained,
  connectTcp,
  referencePlugins,
  removeIptables,
  serveTcp,
  type VcnLab,
} from '@vcn-cni/lab';
import { publicAddress } from './demo-services.ts';
import { endPortText, endText, type Family, families, internetEnd, podEnd } from './end.ts';
import { flow, port, reaching } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

const hostPort = 18_080;
const rate = { ingressRate: 1e9, ingressBurst: 1e8, egressRate: 1e9, egressBurst: 1e8 };

/** What a list of a network has behind ours, and what a runtime hands them. */
const chain = {
  plugins: [
    { type: 'portmap', capabilities: { portMappings: true }, snat: true },
    { type: 'bandwidth', capabilities: { bandwidth: true } },
    { type: 'tuning', mtu: 1400 },
    { type: 'sbr' },
    { type: 'firewall', backend: 'iptables' },
  ],
  capabilities: {
    portMappings: [{ hostPort, containerPort: port, protocol: 'tcp' }],
    bandwidth: rate,
  },
};

/**
 * Calls of one pod of the first node with the reference plugins chained behind ours; none where they are not installed.
 * `pause` is called while it is there.
 */
export async function chainedRows(
  lab: VcnLab,
  placed: readonly NodePods[],
  pause: () => Promise<void>,
): Promise<Flow[]> {
  if (!existsSync(`${referencePlugins}/portmap`)) return [];
  const { node } = placed[0]!;
  const last = placed.at(-1)!;
  const pod = await node.pod('chained');
  const chained = await addChained(node, pod, chain);
  using _ = await serveTcp(pod.namespace, port);
  const rows: Flow[] = [];
  for (const family of families) {
    const end = { name: pod.name, namespace: pod.namespace, address: chained.address(family) };
    rows.push(
      await byHostPort(family),
      await flow('chained-plugins', podEnd(last.second, family), end),
    );
  }
  await pause();
  await chained.del();
  await removeIptables(node.namespace);
  return rows;

  async function byHostPort(family: Family): Promise<Flow> {
    const internet = internetEnd(lab, family);
    const address = family === 'inet' ? publicAddress(0) : node.primary.address.inet6!;
    const seen = await connectTcp(internet.namespace, address, hostPort);
    const ends = [endText(internet), endPortText({ name: node.name, address }, hostPort)] as const;
    return reaching('host-port', ends, seen === internet.address);
  }
}
