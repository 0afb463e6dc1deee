import type { VcnLab } from '@vcn-cni/lab';
import { families } from './end.ts';
import type { NodePods } from './node-pods.ts';
import { outsideRows } from './outside-rows.ts';
import { podRows } from './pod-rows.ts';
import { refusedRows } from './refused-rows.ts';
import type { Flow } from './report.ts';
import { serviceRows } from './service-rows.ts';

/** Every kind of flow that needs nothing but pods and Services, from every node, in both families. */
export async function allFlows(lab: VcnLab, placed: readonly NodePods[]): Promise<Flow[]> {
  const flows: Flow[] = [];
  for (const family of families) {
    for (const [at, here] of placed.entries()) {
      flows.push(
        ...(await podRows(lab, placed, at, family)),
        ...(await serviceRows(lab, placed, at, family)),
        ...(await outsideRows(lab, here, family)),
      );
    }
    const asked = placed.map((_, at) => refusedRows(lab, placed, at, family));
    flows.push(...(await Promise.all(asked)).flat());
  }
  return flows;
}
