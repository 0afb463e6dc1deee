import { serveTcp, type VcnLab } from '@vcn-cni/lab';
import { families, internetEnd, nodeEnd, podEnd } from './end.ts';
import { flow, port } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';
import { serviceRows } from './service-rows.ts';
import { wrongVnic } from './wrong-vnic.ts';

/** Every kind of flow, from every node, in both families. */
export async function allFlows(lab: VcnLab, placed: readonly NodePods[]): Promise<Flow[]> {
  const namespaces = [
    ...placed.flatMap(({ node, first, second }) => [node, first, second]),
    { namespace: lab.vcn.internet },
  ].map(({ namespace }) => namespace);
  const servers = await Promise.all(namespaces.map((namespace) => serveTcp(namespace, port)));
  const flows: Flow[] = [];
  for (const family of families) {
    for (const [at, { node, first, second }] of placed.entries()) {
      const [here, alpha, beta] = [
        nodeEnd(node, family),
        podEnd(first, family),
        podEnd(second, family),
      ];
      const internet = internetEnd(lab, family);
      // Only IPv4 is translated on the way out of a VCN.
      const seen = family === 'inet' ? lab.vcn.facts.natGateway?.publicIp : alpha.address;
      flows.push(
        await flow('pod-pod-same-node', alpha, beta),
        await flow('pod-node', alpha, here),
        await flow('node-pod', here, beta),
        await flow('pod-outside', alpha, internet, seen),
        ...(await serviceRows(lab, placed, at, family)),
      );
      const next = placed[(at + 1) % placed.length]!;
      if (next.node === node) continue;
      const gamma = podEnd(next.first, family);
      flows.push(
        await flow('pod-pod-cross-node', beta, gamma),
        await wrongVnic(lab, node, beta, gamma),
      );
    }
  }
  for (const server of servers) server[Symbol.dispose]();
  return flows;
}
