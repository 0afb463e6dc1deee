/** When a process dies, by what it does: before an act, in the midst of it, or after it. */
export interface Fate {
  /** At the nth such moment from now; Infinity: never. */
  dieAt(nth: number): void;
  /** Passes a moment; answers whether it is the last one. */
  isOver(): boolean;
}

export function createFate(): Fate {
  let left = Number.POSITIVE_INFINITY;
  return {
    dieAt(nth) {
      left = nth;
    },
    isOver() {
      if (--left > 0) return false;
      left = Number.POSITIVE_INFINITY;
      return true;
    },
  };
}

/** A process that lives until its fate is over; from then on nothing that it did is answered. */
export interface Life {
  readonly death: Promise<'dead'>;
  isAlive(): boolean;
  act<T>(effect: () => Promise<T>): Promise<T>;
}

export function createLife(fate: Fate): Life {
  const { promise: death, resolve } = Promise.withResolvers<'dead'>();
  const never = new Promise<never>(() => {});
  let alive = true;
  const ends = (): boolean => {
    if (!alive || !fate.isOver()) return !alive;
    alive = false;
    resolve('dead');
    return true;
  };
  return {
    death,
    isAlive: () => alive,
    async act(effect) {
      if (ends()) return never;
      const done = effect();
      const settled = done.then(
        () => {},
        () => {},
      );
      if (ends()) return never;
      await settled;
      return ends() ? never : done;
    },
  };
}

/** The same calls, each an act of the process. */
export function mortal<T extends object>(calls: T, life: Life): T {
  const entries = Object.entries(calls).map(([name, call]) => [
    name,
    typeof call === 'function'
      ? (...args: unknown[]) => life.act(() => call(...args))
      : mortal(call, life),
  ]);
  return Object.fromEntries(entries);
}
