import { createGate, type Gate, waitFor } from './gate.ts';
import type { Family } from './model.ts';
import { ownsAssignment, ownsVnic } from './ownership.ts';
import { planAssignments, planAttachments } from './plan-growth.ts';
import type { Actual, Operation, Wanted } from './plan-model.ts';
import { planDrain, planReturn, planUndrain, planVacating } from './plan-shrink.ts';
import { type Survey, survey } from './survey.ts';

const families: readonly Family[] = ['inet', 'inet6'];

/**
 * What is to be done, and what is waited for, so that the instance holds the addresses that are wanted; empty when it
 * does. Changes only what bears our tags. A released address was marked by an earlier plan, and had no lease and did not
 * cool when this one was made: who executes marks must see to it that nothing new is leased of a marked address.
 *
 * The order is the one to execute in; changes on different VNICs do not depend on each other.
 */
export function plan(wanted: Wanted, actual: Actual): Operation[] {
  const gate = createGate(actual);
  const ground = survey(wanted, actual);
  const operations: Operation[] = planUpdates(wanted, ground, gate);
  const missing = { inet: 0, inet6: 0 };
  const kept = new Set<string>();
  const spent: string[] = [];
  let settled = true;

  for (const family of families) {
    const { atLeast, atMost } = wanted.addresses[family] ?? { atLeast: 0, atMost: 0 };
    const lacking = atLeast - ground.capacity[family];
    if (lacking > 0) {
      const { marks, gained } = planUndrain(family, lacking, ground, actual);
      const growth = planAssignments(family, lacking - gained, wanted, ground.sites, gate);
      for (const { assignmentId } of marks) kept.add(assignmentId);
      operations.push(...marks, ...growth.operations);
      missing[family] = Math.max(0, growth.missing);
      spent.push(...growth.spent);
      settled = false;
    } else {
      const bounds = { atLeast, atMost };
      operations.push(
        ...planDrain(family, ground.capacity[family], bounds, ground, actual.draining),
      );
    }
  }
  operations.push(
    ...planAttachments(missing, wanted, actual, ground, spent, gate),
    ...planVacating(ground, actual.draining),
    ...planReturn(actual, ground, kept, settled, gate),
    ...planWaits(wanted, actual),
  );
  return once(operations);
}

/** Security groups and the source check as they are wanted, where somebody changed them. */
function planUpdates(wanted: Wanted, { sites }: Survey, gate: Gate): Operation[] {
  const operations: Operation[] = [];
  for (const { id, vnic, subnet } of sites) {
    if (subnet === undefined) continue;
    const { nsgIds } = subnet;
    const groups = nsgIds !== undefined && !sameSet(nsgIds, vnic.nsgIds);
    const check = vnic.skipSourceDestCheck !== wanted.skipSourceDestCheck;
    if (!groups && !check) continue;
    const change = {
      op: 'update-vnic' as const,
      vnicId: id,
      ...(groups ? { nsgIds } : {}),
      ...(check ? { skipSourceDestCheck: wanted.skipSourceDestCheck } : {}),
    };
    operations.push(gate(change) ?? change);
  }
  return operations;
}

function planWaits(wanted: Wanted, actual: Actual): Operation[] {
  const operations: Operation[] = [];
  for (const vnic of actual.vnics) {
    if (!ownsVnic(vnic, wanted.instanceId)) continue;
    const { lifecycle, attachmentId } = vnic;
    if (lifecycle === 'attaching') operations.push(waitFor(actual, 'vnic-attaching', attachmentId));
    if (lifecycle === 'detaching') operations.push(waitFor(actual, 'vnic-detaching', attachmentId));
  }
  const coming = actual.assignments.filter(
    (assignment) =>
      assignment.lifecycle === 'provisioning' && ownsAssignment(assignment, wanted.instanceId),
  );
  for (const [vnicId, { length }] of Map.groupBy(coming, ({ vnicId }) => vnicId))
    operations.push(waitFor(actual, 'address-provisioning', vnicId, `${length} coming`));
  for (const { token } of actual.pending) operations.push(waitFor(actual, 'answer-unknown', token));
  return operations;
}

/** Without waits that were said already. */
function once(operations: readonly Operation[]): Operation[] {
  const said = new Set<string>();
  return operations.filter((operation) => {
    if (operation.op !== 'wait') return true;
    const key = `${operation.cause} ${operation.subject}`;
    return !said.has(key) && said.add(key);
  });
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
