import { cidrSize } from './cidr-size.ts';
import { type Gate, waitFor } from './gate.ts';
import type { Assignment, Family } from './model.ts';
import type { Actual, Change, Mark, Operation } from './plan-model.ts';
import type { Site, Survey } from './survey.ts';

/** Takes marks back, the fullest VNIC first: cheaper than a new address. Answers how many addresses that gives. */
export function planUndrain(
  family: Family,
  lacking: number,
  { sites, usage }: Survey,
  { draining, leaving }: Actual,
): { marks: Mark[]; gained: number } {
  const marks: Mark[] = [];
  let gained = 0;
  for (const site of [...sites].sort((a, b) => b.leased - a.leased)) {
    if (site.subnet === undefined) continue;
    for (const assignment of site.own) {
      if (gained >= lacking) return { marks, gained };
      if (assignment.family !== family || !draining.has(assignment.id)) continue;
      if (leaving.has(assignment.id)) continue;
      marks.push(mark('undrain', assignment));
      gained += cidrSize(assignment.cidr) - (usage(assignment)?.leased ?? 0);
    }
  }
  return { marks, gained };
}

/** Marks what is too much: only what nobody has, of the VNIC with fewest leases first, and never below `atLeast`. */
export function planDrain(
  family: Family,
  capacity: number,
  { atLeast, atMost }: { atLeast: number; atMost: number },
  { sites, usage }: Survey,
  draining: ReadonlySet<string>,
): Mark[] {
  const marks: Mark[] = [];
  let held = capacity;
  for (const site of [...sites].sort(byLeasesThenId)) {
    for (const assignment of site.own) {
      if (held <= atMost) return marks;
      if (assignment.family !== family || draining.has(assignment.id)) continue;
      const size = cidrSize(assignment.cidr);
      if (site.subnet === undefined || usage(assignment)?.leased !== 0 || held - size < atLeast)
        continue;
      marks.push(mark('drain', assignment));
      held -= size;
    }
  }
  return marks;
}

/** The marks that vacate VNICs whose subnet is not wanted any more. */
export function planVacating({ sites }: Survey, draining: ReadonlySet<string>): Mark[] {
  return sites
    .filter(({ subnet }) => subnet === undefined)
    .flatMap(({ own }) => own.filter(({ id }) => !draining.has(id)))
    .map((assignment) => mark('drain', assignment));
}

/**
 * The second phase: releases what is marked and what nobody has and nothing cools of; detaches a VNIC of which that is
 * true as a whole, which is one call. `settled`: no addresses are missing, so that an empty VNIC may go.
 */
export function planReturn(
  actual: Actual,
  { sites, usage }: Survey,
  kept: ReadonlySet<string>,
  settled: boolean,
  gate: Gate,
): Operation[] {
  const operations: Operation[] = [];
  const idle = (assignment: Assignment): boolean => {
    const used = usage(assignment);
    const marked = actual.draining.has(assignment.id) && !kept.has(assignment.id);
    return marked && used?.leased === 0 && used.cooling === 0;
  };
  const order = (change: Change): void => {
    operations.push(gate(change) ?? change);
  };
  for (const site of sites) {
    const ordered = actual.pending.some(({ vnicId }) => vnicId === site.id);
    const empty = !ordered && site.own.every(idle) && (settled || site.subnet === undefined);
    if (empty && site.foreign === 0) {
      order(detach(site));
      continue;
    }
    if (empty && site.foreign > 0)
      operations.push(waitFor(actual, 'foreign-addresses', site.id, `${site.foreign} of others`));
    for (const assignment of site.own) {
      if (!actual.draining.has(assignment.id) || kept.has(assignment.id)) continue;
      if (idle(assignment)) order(release(assignment, site));
      else operations.push(waitFor(actual, 'addresses-in-use', assignment.cidr));
    }
  }
  return operations;
}

function mark(op: Mark['op'], { id, cidr, vnicId }: Assignment): Mark {
  return { op, assignmentId: id, cidr, vnicId };
}

function detach({ id, vnic }: Site): Change {
  return { op: 'detach', attachmentId: vnic.attachmentId, vnicId: id, subnetId: vnic.subnetId };
}

function release({ id, vnicId, family, cidr }: Assignment, { vnic }: Site): Change {
  return { op: 'release', assignmentId: id, vnicId, subnetId: vnic.subnetId, family, cidr };
}

function byLeasesThenId(a: Site, b: Site): number {
  return a.leased - b.leased || (a.id < b.id ? -1 : 1);
}
