import type { Meter } from './meter.ts';

/**
 * A meter whose implementation is loaded after the first ADD can be served. What is measured before
 * that is kept and counted then.
 */
export function createDeferredMeter(
  load: () => Promise<Meter>,
): Meter & { load(): Promise<Meter> } {
  let loading: Promise<Meter> | undefined;
  let loaded: Meter | undefined;
  let pending: ((meter: Meter) => void)[] = [];
  const record = (entry: (meter: Meter) => void) =>
    loaded ? entry(loaded) : void pending.push(entry);
  const start = () => {
    loading ??= load().then((meter) => {
      loaded = meter;
      for (const entry of pending) entry(meter);
      pending = [];
      return meter;
    });
    return loading;
  };
  return {
    load: start,
    verb: (sample) => record((meter) => meter.verb(sample)),
    cloudCall: (attempt) => record((meter) => meter.cloudCall(attempt)),
    repairs: (count) => record((meter) => meter.repairs(count)),
    expose: async () => (await start()).expose(),
  };
}
