import type { World } from './plugin.ts';

/**
 * Does `work`, which registers how each of its steps is undone; when a step fails they are undone, the last first,
 * and what failed is thrown. Nothing is undone when the caller is gone, as nothing is when a process is killed.
 */
export async function undoing<Value>(
  { caller }: World,
  work: (undo: (step: () => Promise<void>) => void) => Promise<Value>,
): Promise<Value> {
  const steps: (() => Promise<void>)[] = [];
  try {
    return await work((step) => steps.push(step));
  } catch (error) {
    if (!caller.signal.aborted) {
      for (const step of steps.reverse()) await step().catch(() => {});
    }
    throw error;
  }
}

/** Does all of the steps, whatever becomes of each; then throws what the first failure threw. */
export async function doAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
