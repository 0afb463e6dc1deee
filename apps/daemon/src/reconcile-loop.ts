import type { Attachments } from '@vcn-cni/attachment';
import type { Log } from './log/log.ts';

/** A burst of announcements is one reason to look. */
const settleMs = 200;

export interface ReconcileLoop extends AsyncDisposable {
  /** Something of ours changed: look soon. */
  soon(): void;
}

/** Makes the kernel as planned, now and then and when told, one run at a time. */
export function startReconcileLoop(
  attachments: Pick<Attachments, 'reconcile'>,
  options: { intervalMs: number; log: Log; observe(repairs: number): void },
): ReconcileLoop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      const { changes } = await attachments.reconcile();
      if (changes.length > 0) options.log.warn({ changes }, 'reconcile repaired the host');
      options.observe(changes.length);
    } catch (error) {
      options.log.error({ err: error }, 'reconcile failed');
    }
    running = undefined;
    schedule(options.intervalMs);
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
  schedule(options.intervalMs);
  return {
    soon: () => schedule(settleMs),
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
