import type { ObservedAttempt } from '@vcn-cni/oci-vnic/api';
import type { SourceWait } from './address-source.ts';

/** Calls that get no answer: their client tries for a minute before it says so. */
export interface Outage {
  observe(attempt: ObservedAttempt): void;
  /** The waits, and the outage if none of them tells of it; it began with the first call that got no answer. */
  addTo(waits: readonly SourceWait[]): readonly SourceWait[];
}

/** @param now milliseconds of CLOCK_BOOTTIME. */
export function createOutage(now: () => number): Outage {
  let wait: SourceWait | undefined;
  return {
    observe({ operation: subject, status, code, attempt }) {
      if (status !== 0 && status !== 429 && status < 500) {
        wait = undefined;
        return;
      }
      const cause = status === 429 ? 'throttled' : 'api-unavailable';
      const since = wait?.cause === cause ? wait.since : now();
      const said = status === 0 ? 'no answer' : `${status} ${code}`;
      wait = { cause, subject, since, detail: `${subject}: attempt ${attempt}: ${said}` };
    },
    addTo(waits) {
      if (wait === undefined) return waits;
      const { cause, since } = wait;
      if (!waits.some((other) => other.cause === cause)) return [wait, ...waits];
      return waits.map((other) =>
        other.cause === cause ? { ...other, since: Math.min(since, other.since) } : other,
      );
    },
  };
}
