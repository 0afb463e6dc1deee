import { createHash } from 'node:crypto';
import {
  createFelix,
  createVcnLab,
  type Felix,
  type FelixMode,
  type LabPod,
  type Policy,
  type VcnLab,
  type VcnLabNode,
} from '../src/index.ts';

/** Labels of the pods by name, and which node (0 or 1) each is on. */
const pods = {
  web: { node: 0, labels: { app: 'web' } },
  client: { node: 0, labels: { role: 'client' } },
  stranger: { node: 0, labels: {} },
  'far-client': { node: 1, labels: { role: 'client' } },
  'far-stranger': { node: 1, labels: {} },
  database: { node: 1, labels: { app: 'database' } },
} as const;

export type PodName = keyof typeof pods;

export const ports = { service: 8080, other: 9090 } as const;

const service = { protocol: 'tcp', number: ports.service } as const;

/** The web is closed both ways, but for clients who ask it and for the database that it asks. */
export const policies: Policy[] = [
  {
    name: 'web',
    selector: { app: 'web' },
    ingress: [{ peer: { role: 'client' }, port: service }],
    egress: [{ peer: { app: 'database' }, port: service }],
  },
  {
    name: 'database',
    selector: { app: 'database' },
    ingress: [{ peer: { app: 'web' }, port: service }],
  },
];

export interface PolicyCluster extends AsyncDisposable {
  lab: VcnLab;
  nodes: [VcnLabNode, VcnLabNode];
  pods: Record<PodName, LabPod>;
  felix: [Felix, Felix];
  /** Puts the policies in force on both nodes, with the addresses that pods have by now. */
  refresh(policies?: Policy[]): Promise<void>;
}

/** What Calico's API server calls the host end of a pod, whoever makes it. */
export function linkOf(pod: string): string {
  return `oci${createHash('sha1').update(`default.${pod}`).digest('hex').slice(0, 11)}`;
}

/** Pods' namespaces and a policy engine for each node; no daemon, no rule and no address yet. */
export async function createPolicyCluster(
  config: Record<string, unknown>,
  mode: FelixMode,
): Promise<PolicyCluster> {
  const lab = await createVcnLab({ config });
  const nodes = lab.nodes as [VcnLabNode, VcnLabNode];
  const names = Object.keys(pods) as PodName[];
  const made = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await nodes[pods[name].node].pod(name)] as const),
    ),
  ) as Record<PodName, LabPod>;
  const felix: [Felix, Felix] = [
    createFelix(nodes[0].namespace, mode),
    createFelix(nodes[1].namespace, mode),
  ];
  const addressesOf = (pod: LabPod) => (pod.hostLink() === '' ? [] : addressesIn(pod));
  return {
    lab,
    nodes,
    pods: made,
    felix,
    async refresh(wanted = policies) {
      const view = {
        policies: wanted,
        pods: names.map((name) => ({
          labels: pods[name].labels,
          addresses: addressesOf(made[name]),
        })),
      };
      for (const [index, engine] of felix.entries()) {
        const local = names.filter((name) => pods[name].node === index);
        const endpoints = local.map((name) => ({ link: linkOf(name), labels: pods[name].labels }));
        await engine.apply({ ...view, endpoints });
      }
    },
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  };
}

const addressesIn = (pod: LabPod) =>
  (pod.result().ips ?? []).map(({ address }) => address.split('/')[0]!);
