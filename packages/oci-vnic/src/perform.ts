import type { CloudView } from './cloud-view.ts';
import type { Holds } from './holds.ts';
import type { Journal } from './journal.ts';
import type { Verdict } from './judge-failure.ts';
import type { VnicApi } from './model.ts';
import { ownsAssignment, tagsFor } from './ownership.ts';
import type { Change } from './plan-model.ts';
import type { OrderedChange } from './record-document.ts';

/** What carrying out a change needs. */
export interface Performing {
  instanceId: string;
  api: VnicApi;
  view: CloudView;
  journal: Journal;
  holds: Holds;
  signal: AbortSignal;
  failed(change: Change, error: unknown): void;
}

/** Carries out one change: booked, called, and what came of it known to view, journal and holds. Undefined: done. */
export async function perform(change: Change, using: Performing): Promise<Verdict | undefined> {
  switch (change.op) {
    case 'attach':
    case 'assign':
    case 'assign-many':
      return create(await using.journal.order(change), using);
    case 'release':
    case 'detach':
      return remove(change, using);
    case 'update-vnic':
      return update(change, using);
  }
}

/** Makes the call of an order; also again, by its token the same request. */
export async function create(
  order: OrderedChange,
  using: Performing,
): Promise<Verdict | undefined> {
  const { change, token } = order;
  const { journal, holds } = using;
  try {
    const count = await call(order, using);
    if (change.op === 'assign-many' && count === 0)
      throw Object.assign(new Error(`${token}: the bulk call created nothing`), {
        status: 400,
        code: 'LimitExceeded',
      });
  } catch (error) {
    const verdict = fail(change, error, using);
    if (!verdict.inDoubt) await journal.settle(token);
    return verdict;
  }
  holds.clear(change);
  await journal.settle(token);
  return undefined;
}

/** Answers how many objects there are now. */
async function call({ change, token }: OrderedChange, using: Performing): Promise<number> {
  const { api, view, instanceId, signal } = using;
  const options = { retryToken: token, signal };
  const tags = tagsFor(instanceId, token);
  if (change.op === 'attach') {
    const { op, ...ask } = change;
    view.putVnic(await api.attachVnic({ ...ask, displayName: token, tags }, options));
    return 1;
  }
  const { vnicId, family } = change;
  if (change.op === 'assign-many') {
    const made = await api.assignMany({ vnicId, family, count: change.count, tags }, options);
    for (const assignment of made) view.putAssignment(assignment);
    return made.length;
  }
  const { cidrPrefixLength } = change;
  const size = cidrPrefixLength === undefined ? {} : { cidrPrefixLength };
  view.putAssignment(await api.assign({ vnicId, family, ...size, tags }, options));
  return 1;
}

async function remove(
  change: Extract<Change, { op: 'release' | 'detach' }>,
  using: Performing,
): Promise<Verdict | undefined> {
  const { api, view, journal, holds, signal } = using;
  const ids =
    change.op === 'release'
      ? [change.assignmentId]
      : [change.vnicId, ...onVnic(change.vnicId, view)];
  const first = ids.filter((id) => !journal.leaving().has(id));
  await journal.leave(ids);
  try {
    if (change.op === 'release') {
      await api.release({ id: change.assignmentId, family: change.family }, { signal });
      view.dropAssignment(change.assignmentId);
    } else {
      await refuseForeign(change.vnicId, using);
      await api.detachVnic(change.attachmentId, { signal });
      view.dropVnic(change.vnicId);
    }
  } catch (error) {
    const verdict = fail(change, error, using);
    // What an earlier call was told may still happen, whatever this one was answered.
    if (!verdict.inDoubt) await journal.forget(first);
    return verdict;
  }
  holds.clear(change);
  return undefined;
}

async function update(
  { op, vnicId, ...wanted }: Extract<Change, { op: 'update-vnic' }>,
  using: Performing,
): Promise<Verdict | undefined> {
  const { api, view, holds, signal } = using;
  const change: Change = { op, vnicId, ...wanted };
  try {
    await api.updateVnic(vnicId, wanted, { signal });
  } catch (error) {
    return fail(change, error, using);
  }
  const before = view.vnics().find(({ id }) => id === vnicId);
  if (before) {
    const { nsgIds = before.nsgIds, skipSourceDestCheck = before.skipSourceDestCheck } = wanted;
    view.putVnic({ ...before, nsgIds: [...nsgIds], skipSourceDestCheck });
  }
  holds.clear(change);
  return undefined;
}

/** A detachment takes every address with it, so nobody else's may be there. */
async function refuseForeign(vnicId: string, using: Performing): Promise<void> {
  const { api, view, instanceId, signal } = using;
  const listed = await api.listAssignments(vnicId, { signal });
  view.listAssignments(vnicId, listed);
  const foreign = listed.filter((assignment) => !ownsAssignment(assignment, instanceId));
  if (foreign.length > 0)
    throw Object.assign(new Error(`${vnicId} has addresses of others: ${foreign[0]?.cidr}`), {
      status: 409,
      code: 'Conflict',
    });
}

function fail(change: Change, error: unknown, { holds, failed }: Performing): Verdict {
  failed(change, error);
  return holds.add(error, change);
}

function onVnic(vnicId: string, view: CloudView): string[] {
  return view
    .assignments()
    .filter((assignment) => assignment.vnicId === vnicId)
    .map(({ id }) => id);
}
