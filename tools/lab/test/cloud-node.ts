/** One node of a simulated VCN under test, with a neighbour that its pods talk to. */
import { expect } from 'vitest';
import {
  createVcnLab,
  type LabDaemon,
  type LabPod,
  ping,
  type VcnLab,
  type VcnLabNode,
  type VcnLabOptions,
  type VnicsReport,
} from '../src/index.ts';

export interface CloudNode extends AsyncDisposable {
  readonly lab: VcnLab;
  readonly node: VcnLabNode;
  readonly neighbour: VcnLabNode;
  readonly cloud: VcnLab['vcn']['cloud'];
  /** Starts a daemon and waits until it has heard the cloud. */
  start(): Promise<LabDaemon>;
  /** The same in a node that has had its VNICs for long: what was done just before counts more than what is listed. */
  startOld(): Promise<LabDaemon>;
  /** A pod that ADD succeeded for. */
  added(name: string): Promise<LabPod>;
  /** The neighbour's own address answers: the pod's address works in the VCN. */
  reaches(pod: LabPod): Promise<'reached' | 'unreached'>;
  /** What the cloud holds for the node beside its primary VNIC: VNICs, and what is on each. */
  held(): Record<string, string[]>;
  status(): Promise<Status>;
  report(): Promise<VnicsReport & { stranded: string[]; waits: Status['waits'] }>;
  /** What reconcile would do now, as `vcnctl plan` prints it. */
  plan(): Promise<string[]>;
  /** Tables of the VNICs by OCID. */
  tables(): Promise<Record<string, number | null>>;
  /** How often calls that change something were made, by operation. */
  changes(): Record<string, number>;
}

export interface Status {
  ready: boolean;
  reason?: string;
  attachments: number;
  waits: { cause: string; subject: string; forMs: number; detail?: string; text: string }[];
  stranded: string[];
}

export async function createCloudNode(options: VcnLabOptions = {}): Promise<CloudNode> {
  const lab = await createVcnLab(options);
  const [node, neighbour] = lab.nodes as [VcnLabNode, VcnLabNode];
  const { cloud } = lab.vcn;
  const start = async () => {
    const daemon = await node.startDaemon();
    await expect.poll(async () => (await report()).source, patiently).toBe('cloud');
    return daemon;
  };
  const report = async () => (await node.vnics()) as Awaited<ReturnType<CloudNode['report']>>;
  return {
    ...{ lab, node, neighbour, cloud, report, start },
    async startOld() {
      const daemon = await start();
      await node.stocked();
      await daemon.stop();
      return start();
    },
    async added(name) {
      const pod = await node.pod(name);
      await pod.add();
      return pod;
    },
    reaches: async (pod) => (await ping(pod.namespace, neighbour.primary.address.inet!)).outcome,
    held() {
      const { vnics, addresses } = cloud.books({ instanceId: node.instanceId });
      const on = (id: string) =>
        addresses.filter(({ vnicId, isPrimary }) => vnicId === id && !isPrimary);
      return Object.fromEntries(
        vnics
          .filter(({ isPrimary }) => !isPrimary)
          .map(({ id }) => [
            id,
            on(id)
              .map(({ cidr }) => cidr)
              .sort(),
          ]),
      );
    },
    status: async () => (await node.ask('/v1/status')) as Status,
    plan: async () => ((await node.ask('/v1/plan')) as { changes: string[] }).changes,
    tables: async () =>
      Object.fromEntries((await report()).vnics.map(({ id, table }) => [id ?? 'ordered', table])),
    changes: () =>
      Object.fromEntries(
        Object.entries(cloud.calls.counts().operations)
          .filter(([operation]) => !/^(Get|List)/.test(operation))
          .map(([operation, outcomes]) => [
            operation,
            Object.values(outcomes).reduce((sum, count) => sum + count, 0),
          ]),
      ),
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  };
}

/** For what takes some steps of a daemon. */
export const patiently = { timeout: 20_000, interval: 50 };
