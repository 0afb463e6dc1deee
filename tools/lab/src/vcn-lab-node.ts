import { setTimeout as sleep } from 'node:timers/promises';
import type { VcnNode } from '@vcn-cni/vcn-sim';
import type { LabNode } from './lab-node.ts';
import type { VnicsReport } from './vnics-report.ts';

/** A node whose pods have addresses of a simulated VCN. */
export interface VcnLabNode extends LabNode, Pick<VcnNode, 'name' | 'instanceId' | 'primary'> {
  readonly namespace: VcnNode['namespace'];
  /** What the daemon says of its VNICs. */
  vnics(): Promise<VnicsReport>;
  /** Waits until the daemon has all the addresses it wants; what the node holds then is no residue. */
  stocked(): Promise<void>;
}

export function createVcnLabNode(node: LabNode, instance: VcnNode): VcnLabNode {
  const { name, instanceId, primary, namespace } = instance;
  const vnics = async () => (await node.ask('/v1/vnics')) as VnicsReport;
  return {
    ...node,
    name,
    instanceId,
    primary,
    namespace,
    vnics,
    async stocked() {
      while (!isStocked(await vnics())) await sleep(50);
      await node.settle();
    },
  };
}

const isStocked = ({ source, vnics, waits }: VnicsReport): boolean =>
  source === 'cloud' && waits.length === 0 && vnics.some(({ free }) => free > 0);
