import { serveTcp, type VcnLab } from '@vcn-cni/lab';
import { healthCheckPort } from './demo-services.ts';
import { port } from './flow.ts';
import type { NodePods } from './node-pods.ts';

/** A TCP server in every pod and on every node, and one on the internet side. */
export async function startServers(
  { vcn }: VcnLab,
  placed: readonly NodePods[],
): Promise<DisposableStack> {
  using stack = new DisposableStack();
  const everywhere = [
    ...placed.flatMap(({ node, first, second }) => [node, first, second]),
    { namespace: vcn.internet },
  ];
  const asked = [
    ...everywhere.map(({ namespace }) => serveTcp(namespace, port)),
    ...placed.map(({ node }) => serveTcp(node.namespace, healthCheckPort)),
  ];
  for (const server of await Promise.all(asked)) stack.use(server);
  return stack.move();
}
