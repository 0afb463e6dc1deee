/** Time that passes only when everybody waits for it. */
export interface SimulatedClock {
  /** Milliseconds. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Lets time pass until the promise has settled, and answers what it did. Rejects if nobody waits for time. */
  run<T>(promise: Promise<T>): Promise<T>;
}

interface Sleeper {
  at: number;
  order: number;
  wake(): void;
}

export function createSimulatedClock(start = 0): SimulatedClock {
  let time = start;
  let order = 0;
  let sleepers: Sleeper[] = [];
  const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { at: time + Math.max(0, ms), order: order++, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
      }),
    async run(promise) {
      let settled = false;
      const end = (): void => {
        settled = true;
      };
      promise.then(end, end);
      for (;;) {
        await idle();
        if (settled) return promise;
        const [next] = sleepers.toSorted((a, b) => a.at - b.at || a.order - b.order);
        if (next === undefined)
          throw new Error('nobody waits for time, and the promise is not settled');
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        time = Math.max(time, next.at);
        next.wake();
      }
    },
  };
}
