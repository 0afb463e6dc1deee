import { cidrSize } from './cidr-size.ts';
import type { Assignment, Family, Vnic } from './model.ts';
import { ownsAssignment, ownsVnic } from './ownership.ts';
import type { Actual, Usage, Wanted, WantedSubnet } from './plan-model.ts';

/** A VNIC of ours that is attached, and what is on it. */
export interface Site {
  readonly vnic: Vnic;
  readonly id: string;
  /** Absent: its subnet is not wanted any more, or it was told to go; it is vacated. */
  readonly subnet: WantedSubnet | undefined;
  /** Of ours. */
  readonly own: readonly Assignment[];
  /** How many addresses others have put there: it may not be detached. */
  readonly foreign: number;
  /** Leases on it, of both families. */
  readonly leased: number;
  /** What is there, is ordered, and is planned: objects, and the addresses they hold. */
  readonly objects: Record<Family, number>;
  readonly addresses: Record<Family, number>;
}

export interface Survey {
  readonly sites: readonly Site[];
  /** Attachments that are coming: `attaching` ones, and those of which no answer is known. */
  readonly coming: number;
  /** Places for VNICs that the instance has left. */
  readonly places: number;
  /** Addresses that pods have, or can have, or soon can have. */
  readonly capacity: Record<Family, number>;
  usage(assignment: Assignment): Usage | undefined;
}

/** What there is, seen as the planner needs it. */
export function survey(wanted: Wanted, actual: Actual): Survey {
  const usageOf = new Map(actual.usage.map((usage) => [usage.cidr, usage]));
  const present = actual.vnics.filter(({ lifecycle }) => lifecycle !== 'detached');
  const ours = present.filter((vnic) => ownsVnic(vnic, wanted.instanceId));
  const ordered = actual.pending.filter(({ vnicId }) => vnicId === undefined).length;
  const capacity = { inet: 0, inet6: 0 };

  const sites: Site[] = [];
  for (const vnic of ours) {
    if (vnic.lifecycle !== 'attached' || vnic.id === undefined) continue;
    const site = describe(vnic, vnic.id, wanted, actual, usageOf);
    sites.push(site);
    for (const assignment of site.own) {
      const offered =
        site.subnet !== undefined &&
        !actual.draining.has(assignment.id) &&
        !actual.leaving.has(assignment.id);
      capacity[assignment.family] += offered
        ? cidrSize(assignment.cidr)
        : (usageOf.get(assignment.cidr)?.leased ?? 0);
    }
    for (const change of actual.pending)
      if (change.vnicId === site.id && change.family) capacity[change.family] += change.addresses;
  }
  return {
    sites,
    coming: ours.filter(({ lifecycle }) => lifecycle === 'attaching').length + ordered,
    places: wanted.limits.vnics - present.length - ordered,
    capacity,
    usage: (assignment) => usageOf.get(assignment.cidr),
  };
}

function describe(
  vnic: Vnic,
  id: string,
  wanted: Wanted,
  actual: Actual,
  usageOf: ReadonlyMap<string, Usage>,
): Site {
  const all = actual.assignments.filter(
    ({ vnicId, lifecycle }) => vnicId === id && lifecycle !== 'terminating',
  );
  const own = all.filter((assignment) => ownsAssignment(assignment, wanted.instanceId));
  const objects = { inet: 0, inet6: 0 };
  const addresses = { inet: 0, inet6: 0 };
  for (const { family, cidr } of all) {
    objects[family] += 1;
    addresses[family] += cidrSize(cidr);
  }
  for (const change of actual.pending) {
    if (change.vnicId !== id || !change.family) continue;
    objects[change.family] += change.objects;
    addresses[change.family] += change.addresses;
  }
  return {
    vnic,
    id,
    subnet: actual.leaving.has(id)
      ? undefined
      : wanted.subnets.find((subnet) => subnet.id === vnic.subnetId),
    own,
    foreign: all.length - own.length,
    leased: own.reduce((sum, { cidr }) => sum + (usageOf.get(cidr)?.leased ?? 0), 0),
    objects,
    addresses,
  };
}
