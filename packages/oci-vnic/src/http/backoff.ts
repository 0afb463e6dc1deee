/** How waits between attempts grow. */
export interface Backoff {
  /** Before the second attempt, in milliseconds. Default 500. */
  firstMs?: number;
  /** The longest wait, in milliseconds. Default 30,000. */
  longestMs?: number;
}

/**
 * The wait after the nth failed attempt (from 1), in milliseconds: doubled each time, and drawn from its upper half,
 * so that callers who failed together do not come back together. `random` gives 0 up to 1.
 */
export function backoffMs(attempt: number, backoff: Backoff, random: () => number): number {
  const { firstMs = 500, longestMs = 30_000 } = backoff;
  const full = Math.min(firstMs * 2 ** (attempt - 1), longestMs);
  return full / 2 + (random() * full) / 2;
}

/** What a `Retry-After` header asks for, in milliseconds; undefined if it says nothing (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
