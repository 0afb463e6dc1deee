import type { Clock } from '../clock.ts';
import type { Rate } from '../cloud/profile.ts';

/** A token bucket per name: answers whether one more call may be made now. */
export function createRateLimit(clock: Clock): (name: string, rate: Rate) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (name, { perSecond, burst }) => {
    const now = clock.now();
    const bucket = buckets.get(name) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    const allowed = tokens >= 1;
    buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  };
}
