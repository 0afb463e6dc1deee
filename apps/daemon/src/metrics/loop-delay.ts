import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Watches how long the event loop is kept from its timers. Values in seconds. */
export interface LoopDelay extends Disposable {
  /** Since the last read. */
  read(): { p50: number; p99: number; max: number };
  /** The longest since the start. */
  readonly longest: number;
}

export function watchLoopDelay(): LoopDelay {
  // Each interval wakes the process once.
  const resolutionMs = 20;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let longest = 0;
  // The histogram holds whole timer intervals, of which the resolution is no delay.
  const seconds = (nanoseconds: number) =>
    histogram.count === 0 ? 0 : Math.max(0, nanoseconds / 1e9 - resolutionMs / 1e3);
  const peak = () => {
    longest = Math.max(longest, seconds(histogram.max));
    return longest;
  };
  return {
    read() {
      peak();
      const values = {
        p50: seconds(histogram.percentile(50)),
        p99: seconds(histogram.percentile(99)),
        max: seconds(histogram.max),
      };
      histogram.reset();
      return values;
    },
    get longest() {
      return peak();
    },
    [Symbol.dispose]: () => void histogram.disable(),
  };
}
