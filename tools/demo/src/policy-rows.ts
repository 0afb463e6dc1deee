import {
  connectTcp,
  createFelix,
  type Felix,
  type LabPod,
  opensTcp,
  type Policy,
  removeIptables,
} from '@vcn-cni/lab';
import { endPortText, endText, type Family, families, podEnd } from './end.ts';
import { port, reaching, refused } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

/** Only clients may call the second pod of the first node, and only at its port. */
const policies: Policy[] = [
  {
    name: 'web',
    selector: { app: 'web' },
    ingress: [{ peer: { role: 'client' }, port: { protocol: 'tcp', number: port } }],
  },
];

/**
 * Calls of the second pod of the first node while a policy is for it, put in force on every node as Calico does. A pod
 * more on the first node is a stranger to it, and so is every other pod but the first of the first node and the second
 * of the next. `pause` is called while it stands.
 */
export async function policyRows(
  placed: readonly NodePods[],
  pause: () => Promise<void>,
): Promise<Flow[]> {
  const [here, next] = placed as [NodePods, NodePods?];
  const stranger = await here.node.pod('stranger');
  await stranger.add();
  const labels = (pod: LabPod) => ({
    ...(pod === here.second && { app: 'web' }),
    ...((pod === here.first || pod === next?.second) && { role: 'client' }),
  });
  const podsOf = ({ first, second }: NodePods, at: number) => [
    ...[first, second],
    ...(at === 0 ? [stranger] : []),
  ];
  const pods = placed.flatMap(podsOf).map((pod) => ({
    labels: labels(pod),
    addresses: families.map((family) => pod.address(family)),
  }));
  const engines = await Promise.all(
    placed.map(async (one, at) => {
      const felix = createFelix(one.node.namespace, mode);
      const local = podsOf(one, at);
      const endpoints = local.map((pod) => ({ link: pod.hostLink(), labels: labels(pod) }));
      await felix.apply({ endpoints, pods, policies });
      return felix;
    }),
  );
  const asked = families.map(async (family) => {
    const rows = [await allowed(here.first, here.second, family)];
    if (next) rows.push(await allowed(next.second, here.second, family));
    rows.push(await denied(engines[0]!, stranger, here.second, family));
    if (next) rows.push(await denied(engines[0]!, next.first, here.second, family));
    return rows;
  });
  const rows = (await Promise.all(asked)).flat();
  await pause();
  await Promise.all(placed.map(({ node }) => removeIptables(node.namespace)));
  await stranger.del();
  return rows;
}

const mode = { chainInsertMode: 'Append', mangleAllowAction: 'Return' } as const;

async function allowed(from: LabPod, to: LabPod, family: Family): Promise<Flow> {
  const [client, web] = [podEnd(from, family), podEnd(to, family)];
  const seen = await connectTcp(client.namespace, web.address, port);
  const ends = [endText(client), endPortText(web, port)] as const;
  return reaching('policy-allow', ends, seen === client.address);
}

async function denied(felix: Felix, from: LabPod, to: LabPod, family: Family): Promise<Flow> {
  const [client, web] = [podEnd(from, family), podEnd(to, family)];
  const before = await felix.drops(to.hostLink(), family);
  const open = await opensTcp(client.namespace, web.address, port);
  const dropped = (await felix.drops(to.hostLink(), family)) - before;
  const ends = [endText(client), endPortText(web, port)] as const;
  return refused('policy-deny', ends, open, { dropped, droppedBy: 'its policy' });
}
