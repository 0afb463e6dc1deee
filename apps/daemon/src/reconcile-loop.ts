import type { ReconcileReport } from '@vcn-cni/attachment';
import type { Log } from './log/log.ts';

/** A burst of announcements is one reason to look. */
const settleMs = 200;

export interface ReconcileLoop extends AsyncDisposable {
  /** Something of ours was changed by others: look soon. */
  soon(): void;
  /** There is more or less to make than before: make it. */
  now(): void;
}

/** Makes the kernel as planned, now and then and when told, one run at a time. */
export function startReconcileLoop(
  reconcile: () => Promise<ReconcileReport>,
  options: { intervalMs: number; log: Log; observe(repairs: number): void },
): ReconcileLoop {
  const { intervalMs, log, observe } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let planned = false;
  const run = async () => {
    const expected = planned;
    planned = false;
    try {
      const { changes } = await reconcile();
      if (expected) log.info({ changes }, 'the host fits its VNICs');
      else {
        if (changes.length > 0) log.warn({ changes }, 'reconcile repaired the host');
        observe(changes.length);
      }
    } catch (error) {
      log.error({ err: error }, 'reconcile failed');
    }
    running = undefined;
    schedule(intervalMs);
  };
  const schedule = (ms: number) => {
    const at = performance.now() + ms;
    if (stopped || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      due = Number.POSITIVE_INFINITY;
      running = (running ?? Promise.resolve()).then(run);
    }, ms).unref();
  };
  schedule(intervalMs);
  return {
    soon: () => schedule(settleMs),
    now() {
      planned = true;
      schedule(0);
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
