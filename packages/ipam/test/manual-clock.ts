/** A clock that stands still until it is told; its timers fire as it passes them. */
export interface ManualClock {
  now(): number;
  after(ms: number, callback: () => void): () => void;
  advance(ms: number): void;
  /** How many timers are set. */
  timers(): number;
}

export function createManualClock(start = 1000): ManualClock {
  let time = start;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => time,
    after(ms, callback) {
      const timer = { at: time + Math.max(ms, 0), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due);
        time = Math.max(time, due.at);
        due.callback();
      }
      time = end;
    },
    timers: () => timers.size,
  };
}
