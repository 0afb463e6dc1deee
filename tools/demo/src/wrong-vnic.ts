import { misroute, ping, type VcnLab, type VcnLabNode } from '@vcn-cni/lab';
import type { End } from './end.ts';
import type { Flow } from './report.ts';

/** A pod's address sent out by the node's primary VNIC, which does not hold it: the VCN drops it. */
export async function wrongVnic(
  { vcn }: VcnLab,
  { namespace, primary }: VcnLabNode,
  from: End,
  to: End,
): Promise<Flow> {
  const before = await vcn.fabric.drops(primary.id);
  const way = { from: from.address, to: to.address, table: 'main' } as const;
  const { outcome, rttMs } = await misroute(namespace, way, () => ping(from.namespace, to.address));
  return {
    name: 'wrong-vnic-dropped',
    from: `${from.name} ${from.address} by the primary VNIC`,
    to: `${to.name} ${to.address}`,
    expect: 'unreached',
    outcome,
    rttMs: rttMs ?? null,
    dropped: (await vcn.fabric.drops(primary.id)) - before,
    droppedBy: 'the VCN',
  };
}
