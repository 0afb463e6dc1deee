import { setTimeout as sleep } from 'node:timers/promises';
import type { VcnNode } from '@vcn-cni/vcn-sim';
import type { LabNode } from './lab-node.ts';
import type { VnicsReport } from './vnics-report.ts';

/** A node whose pods have addresses of a simulated VCN. */
export interface VcnLabNode extends LabNode, Pick<VcnNode, 'name' | 'instanceId' | 'primary'> {
  readonly namespace: VcnNode['namespace'];
  /** What the daemon says of its VNICs. */
  vnics(): Promise<VnicsReport>;
  /**
   * Waits until the daemon has as many addresses as its pool holds at least; what the node holds then is no residue.
   * Throws after `timeoutMs` (default 30,000), with what the daemon waits for.
   */
  stocked(timeoutMs?: number): Promise<void>;
}

/** Addresses that a daemon holds at least, by family. */
export type Stock = Partial<Record<'inet' | 'inet6', number>>;

export function createVcnLabNode(node: LabNode, instance: VcnNode, stock: Stock): VcnLabNode {
  const { name, instanceId, primary, namespace } = instance;
  const vnics = async () => (await node.ask('/v1/vnics')) as VnicsReport;
  return {
    ...node,
    name,
    instanceId,
    primary,
    namespace,
    vnics,
    async stocked(timeoutMs = 30_000) {
      const end = performance.now() + timeoutMs;
      for (;;) {
        const report = await vnics();
        if (holds(report, stock)) return node.settle();
        if (performance.now() > end) throw new Error(`${name} is not stocked: ${tell(report)}`);
        await sleep(20);
      }
    },
  };
}

function holds({ vnics }: VnicsReport, stock: Stock): boolean {
  const blocks = vnics.filter(({ device }) => device !== null).flatMap(({ blocks }) => blocks);
  return Object.entries(stock).every(([family, wanted]) => {
    const counted = blocks.filter(({ cidr }) => cidr.includes(':') === (family === 'inet6'));
    return counted.reduce((sum, { total }) => sum + total, 0) >= wanted;
  });
}

const tell = ({ waits, vnics }: VnicsReport): string =>
  JSON.stringify({ waits: waits.map(({ text }) => text), vnics });
