import type { CloudView } from './cloud-view.ts';
import type { OfferedBlock } from './manager-contract.ts';
import { ownsAssignment, ownsVnic } from './ownership.ts';
import type { RecordDocument } from './record-document.ts';

/** What pods can have: everything of ours that is available on an attached VNIC of ours; closed by OCID of either. */
export function offeredBlocks(
  view: CloudView,
  instanceId: string,
  closed: ReadonlySet<string>,
): OfferedBlock[] {
  const up = new Set(
    view
      .vnics()
      .filter((vnic) => vnic.lifecycle === 'attached' && ownsVnic(vnic, instanceId))
      .map(({ id }) => id),
  );
  return view
    .assignments()
    .filter(
      (assignment) =>
        up.has(assignment.vnicId) &&
        assignment.lifecycle === 'available' &&
        ownsAssignment(assignment, instanceId),
    )
    .map(({ id, cidr, vnicId }) => {
      const shut = closed.has(id) || closed.has(vnicId);
      return { cidr, vnic: vnicId, ...(shut ? { draining: true } : {}) };
    });
}

/** What of the view an instance may rely on while the API is away. */
export function cloudOf(view: CloudView, instanceId: string): NonNullable<RecordDocument['cloud']> {
  return {
    vnics: view.vnics().filter((vnic) => ownsVnic(vnic, instanceId)),
    assignments: view.assignments().filter((assignment) => ownsAssignment(assignment, instanceId)),
    subnets: view.subnets(),
  };
}
