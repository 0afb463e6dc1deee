import type { Clock } from '../http/clock.ts';

export interface TokenBucketOptions {
  /** How many calls a second, in the long run. */
  perSecond: number;
  /** How many at once after a quiet time. */
  burst: number;
}

export interface TokenBucket {
  /**
   * Resolves when the call may go out, first come, first served; with false, at once, if that would take longer than
   * `withinMs`. Rejects with the reason of the signal. Only true spends a token.
   */
  take(withinMs: number, signal?: AbortSignal): Promise<boolean>;
}

/** Throws RangeError if a rate can let nothing pass. */
export function createTokenBucket(options: TokenBucketOptions) {
  const { perSecond, burst } = options;
  if (!(Number.isFinite(perSecond) && perSecond > 0)) {
    throw new RangeError(`perSecond: ${perSecond} lets no call pass; give a number above 0`);
  }
  if (!(Number.isFinite(burst) && burst >= 1)) {
    throw new RangeError(`burst: ${burst} lets no call pass; give at least 1`);
  }
  return (clock: Pick<Clock, 'now' | 'sleep'>): TokenBucket => {
    let tokens = burst;
    let filled = clock.now();
    return {
      async take(withinMs, signal) {
        signal?.throwIfAborted();
        const now = clock.now();
        tokens = Math.min(burst, tokens + ((now - filled) / 1000) * perSecond);
        filled = now;
        const waitMs = Math.max(0, ((1 - tokens) / perSecond) * 1000);
        if (waitMs > withinMs) return false;
        // Below zero it is a queue: each who waits has booked a token that is still to come.
        tokens -= 1;
        if (waitMs === 0) return true;
        try {
          await clock.sleep(waitMs, signal);
          return true;
        } catch (error) {
          tokens += 1;
          throw error;
        }
      },
    };
  };
}
