import type { LabPod, VcnLabNode } from '@vcn-cni/lab';

/** A node of the demo and its two pods. */
export interface NodePods {
  node: VcnLabNode;
  first: LabPod;
  second: LabPod;
}

const letters =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

/** As many as there are names for their pods. */
export const maxNodes = letters.length / 2;

/** Two pods on each node, added at once by executing the plugin as a container runtime does. */
export function addPods(nodes: readonly VcnLabNode[]): Promise<NodePods[]> {
  return Promise.all(
    nodes.map(async (node, at) => {
      const [first, second] = await Promise.all([
        added(node, letters[at * 2]!),
        added(node, letters[at * 2 + 1]!),
      ]);
      return { node, first, second };
    }),
  );
}

async function added(node: VcnLabNode, name: string): Promise<LabPod> {
  const pod = await node.pod(name);
  await pod.add();
  return pod;
}
