import type { SimClock } from './clock.ts';

interface Timer {
  at: number;
  work: () => void;
}

/** A clock that stands still until it is pushed. `start` is in milliseconds since 1970. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): SimClock {
  const timers = new Set<Timer>();
  let now = start;

  /** Of those that fall due together, the one that was set first. */
  function earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  return {
    now: () => now,
    after(ms, work) {
      const timer: Timer = { at: now + Math.max(0, ms), work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const until = now + ms;
      for (let timer = earliest(); timer && timer.at <= until; timer = earliest()) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.work();
      }
      now = Math.max(now, until);
    },
    next: () => earliest()?.at,
  };
}
