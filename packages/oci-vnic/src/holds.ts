import { asFailure, judgeFailure, type Verdict } from './judge-failure.ts';
import type { Change, Hold } from './plan-model.ts';
import { anyCall, callOf, type OptionalRead, subjectsOf } from './subjects.ts';

/** What is kept back after failures, and until when. */
export interface Holds {
  /** Keeps back what the failure says, twice as long after each one of the kind in a row. */
  add(error: unknown, change?: Change | OptionalRead): Verdict;
  /** It succeeded: what concerned it is free again. */
  clear(change: Change | OptionalRead): void;
  /** A read of what is always needed succeeded. */
  clearReads(): void;
  active(): Hold[];
  /** Until when no call at all may be made; undefined if calls may be made. */
  closedUntil(): number | undefined;
}

export function createHolds(now: () => number, random: () => number): Holds {
  const holds = new Map<string, Hold>();
  const failures = new Map<string, number>();
  return {
    add(error, change) {
      const verdict = judgeFailure(error, change);
      const kind = `${change ? callOf(change) : 'read'} ${verdict.subject} ${verdict.cause}`;
      const nth = failures.get(kind) ?? 0;
      failures.set(kind, nth + 1);
      const full = Math.min(verdict.longestMs, verdict.firstMs * 2 ** nth);
      const before = holds.get(verdict.subject);
      const until = now() + full * (0.75 + random() / 4);
      if (before && before.until > until) return verdict;
      const { message } = asFailure(error);
      const since = before?.cause === verdict.cause ? before.since : now();
      holds.set(verdict.subject, {
        cause: verdict.cause,
        subject: verdict.subject,
        since,
        until,
        detail: message,
      });
      return verdict;
    },
    clear(change) {
      for (const subject of subjectsOf(change)) {
        if ((holds.get(subject)?.until ?? 0) <= now()) holds.delete(subject);
        for (const kind of failures.keys())
          if (kind.startsWith(`${callOf(change)} ${subject} `)) failures.delete(kind);
      }
    },
    clearReads() {
      for (const kind of failures.keys()) if (kind.startsWith('read ')) failures.delete(kind);
    },
    active: () => [...holds.values()].filter(({ until }) => until > now()),
    closedUntil() {
      const hold = holds.get(anyCall);
      return hold && hold.until > now() ? hold.until : undefined;
    },
  };
}
