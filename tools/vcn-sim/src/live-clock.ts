import type { SimClock } from './clock.ts';
import { createManualClock } from './manual-clock.ts';

/**
 * The time of the day, which can also be pushed forward: what simulated things wait for then comes
 * at once. Its timers never keep the process alive.
 */
export function createLiveClock(): SimClock {
  const began = performance.now();
  const inner = createManualClock(Date.now());
  let passed = 0;
  let alarm: ReturnType<typeof setTimeout> | undefined;

  /** What passed since the timers last heard of it. */
  const unheard = () => performance.now() - began - passed;

  /** Lets the time that really passed pass for the timers too. */
  function catchUp(): void {
    const real = performance.now() - began;
    const missing = real - passed;
    passed = real;
    inner.advance(missing);
  }

  function arm(): void {
    clearTimeout(alarm);
    const next = inner.next();
    if (next === undefined) return;
    alarm = setTimeout(
      () => {
        catchUp();
        arm();
      },
      Math.max(0, next - inner.now() - unheard()),
    );
    alarm.unref();
  }

  return {
    now: () => inner.now() + unheard(),
    after(ms, work) {
      const cancel = inner.after(ms + unheard(), work);
      arm();
      return cancel;
    },
    advance(ms) {
      catchUp();
      inner.advance(ms);
      arm();
    },
    next: () => inner.next(),
  };
}
