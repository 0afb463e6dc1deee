import type { Clock } from '../../http/clock.ts';

export interface LeapClock extends Clock {
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[];
  leap(ms: number): void;
}

/** A clock that stands still but for pauses, which it leaps over. */
export function leapClock(start = new Date()): LeapClock {
  let passed = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => passed,
    date: () => new Date(start.getTime() + passed),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      passed += ms;
    },
    leap(ms) {
      passed += ms;
    },
  };
}
