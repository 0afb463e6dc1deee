import type { Assignment, Subnet, Vnic } from './model.ts';

/** What is known of the cloud: what it listed, and what it answered since, which a listing may not show yet. */
export interface CloudView {
  vnics(): Vnic[];
  assignments(): Assignment[];
  subnets(): Subnet[];
  /** What a listing said. */
  listVnics(vnics: readonly Vnic[]): void;
  listAssignments(vnicId: string, assignments: readonly Assignment[]): void;
  putSubnet(subnet: Subnet): void;
  /** What the answer to a change said. */
  putVnic(vnic: Vnic): void;
  putAssignment(assignment: Assignment): void;
  /** A change took something away. */
  dropVnic(vnicId: string): void;
  dropAssignment(id: string): void;
  /** Whether an address or VNIC is neither known nor dropped just before: no listing shows it any more. */
  isGone(id: string): boolean;
}

/** `settleMs`: for how long an answer counts more than a listing that does not show it. */
export function createCloudView(now: () => number, settleMs: number): CloudView {
  let vnics = new Map<string, Vnic>();
  const assignments = new Map<string, Assignment>();
  const subnets = new Map<string, Subnet>();
  const answered = new Map<string, number>();
  const dropped = new Map<string, number>();
  const recent = (times: Map<string, number>, id: string): boolean => {
    const at = times.get(id);
    if (at !== undefined && now() - at < settleMs) return true;
    times.delete(id);
    return false;
  };
  /** An address is there once: who has it anew has it in the place of one that is gone. */
  const put = (assignment: Assignment): void => {
    for (const { id, cidr } of assignments.values())
      if (cidr === assignment.cidr && id !== assignment.id) assignments.delete(id);
    assignments.set(assignment.id, assignment);
  };
  const isNewerKnown = ({ id, cidr }: Assignment): boolean =>
    [...assignments.values()].some(
      (other) => other.cidr === cidr && other.id !== id && recent(answered, other.id),
    );
  const shown = (vnic: Vnic): Vnic => {
    const gone = vnic.id !== undefined && recent(dropped, vnic.id);
    return gone && vnic.lifecycle === 'attached' ? { ...vnic, lifecycle: 'detaching' } : vnic;
  };

  return {
    vnics: () => [...vnics.values()],
    assignments: () => [...assignments.values()],
    subnets: () => [...subnets.values()],
    listVnics(listed) {
      const next = new Map(listed.map((vnic) => [vnic.attachmentId, shown(vnic)]));
      for (const [id, vnic] of vnics) if (!next.has(id) && recent(answered, id)) next.set(id, vnic);
      vnics = next;
      const attached = new Set([...next.values()].map(({ id }) => id));
      for (const { id, vnicId } of assignments.values())
        if (!attached.has(vnicId)) assignments.delete(id);
    },
    listAssignments(vnicId, listed) {
      const ids = new Set(listed.map(({ id }) => id));
      for (const { id, vnicId: of } of assignments.values())
        if (of === vnicId && !ids.has(id) && !recent(answered, id)) assignments.delete(id);
      for (const assignment of listed)
        if (!recent(dropped, assignment.id) && !isNewerKnown(assignment)) put(assignment);
    },
    putSubnet(subnet) {
      subnets.set(subnet.id, subnet);
    },
    putVnic(vnic) {
      answered.set(vnic.attachmentId, now());
      vnics.set(vnic.attachmentId, vnic);
    },
    putAssignment(assignment) {
      answered.set(assignment.id, now());
      put(assignment);
    },
    dropVnic(vnicId) {
      dropped.set(vnicId, now());
      for (const [key, vnic] of vnics)
        if (vnic.id === vnicId) vnics.set(key, { ...vnic, lifecycle: 'detaching' });
      for (const { id, vnicId: of } of assignments.values())
        if (of === vnicId) assignments.delete(id);
    },
    dropAssignment(id) {
      dropped.set(id, now());
      assignments.delete(id);
    },
    isGone(id) {
      const vnic = [...vnics.values()].find((vnic) => vnic.id === id);
      const there = assignments.has(id) || (vnic !== undefined && vnic.lifecycle !== 'detached');
      return !there && !recent(dropped, id);
    },
  };
}
