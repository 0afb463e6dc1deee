import { ApiError, invalidParameter, limitExceeded } from './api-error.ts';
import type { WorkRequestRecord, WorkRequestResource } from './work-request.ts';
import { draw, newResource, type World } from './world.ts';

/** One item of a bulk call: what it says about the resource it made, changed or removed. */
export type BulkItem = () => WorkRequestResource;

/**
 * Accepts a bulk call. Items are done one after the other; the first that fails ends it, and what
 * was done stays done.
 */
export function startBulk(
  world: World,
  operationType: string,
  items: BulkItem[],
): WorkRequestRecord {
  if (items.length === 0) throw invalidParameter('A bulk call needs one item at least.');
  if (items.length > world.limits.bulkItems) {
    throw limitExceeded(`A bulk call has at most ${world.limits.bulkItems} items.`);
  }
  const request: WorkRequestRecord = {
    ...newResource(world, 'coreservicesworkrequest', {}),
    operationType,
    status: 'ACCEPTED',
    percentComplete: 0,
    resources: [],
    errors: [],
    logs: [],
  };
  world.workRequests.set(request.id, request);
  world.clock.after(draw(world, world.profile.bulk.begin), () => {
    request.status = 'IN_PROGRESS';
    request.timeStarted = world.clock.now();
    step(world, request, items, 0);
  });
  return request;
}

function step(world: World, request: WorkRequestRecord, items: BulkItem[], index: number): void {
  const item = items[index];
  if (!item) {
    finish(world, request, 'SUCCEEDED');
    return;
  }
  world.clock.after(draw(world, world.profile.bulk.item), () => {
    const timestamp = world.clock.now();
    try {
      request.resources.push(item());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      request.errors.push({ code: error.code, message: error.message, timestamp });
      finish(world, request, 'FAILED');
      return;
    }
    request.percentComplete = Math.floor((100 * (index + 1)) / items.length);
    request.logs.push({ message: `${index + 1} of ${items.length} done`, timestamp });
    step(world, request, items, index + 1);
  });
}

function finish(world: World, request: WorkRequestRecord, status: 'SUCCEEDED' | 'FAILED'): void {
  request.status = status;
  request.timeFinished = world.clock.now();
  world.clock.after(24 * 3_600_000, () => world.workRequests.delete(request.id));
}
