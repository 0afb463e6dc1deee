import { setTimeout as wait } from 'node:timers/promises';

/** Time, as a port: a test or a simulation gives its own. */
export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** The time of day; signatures carry it. */
  date(): Date;
  /** Resolves after that many milliseconds. Rejects with the reason of the signal. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
