/** When a process dies, by what it does. */
export interface Fate {
  /** At the nth moment from now: before a call or a save, while it is under way, or after it. Infinity: never. */
  dieAt(nth: number): void;
  /** With the next call of that name under way. */
  dieSending(call: string): void;
  /** Passes a moment; answers whether it is the last one. */
  isOver(sending?: string): boolean;
}

export function createFate(): Fate {
  let left = Number.POSITIVE_INFINITY;
  let last: string | undefined;
  return {
    dieAt(nth) {
      left = nth;
    },
    dieSending(call) {
      last = call;
    },
    isOver(sending) {
      const over = --left <= 0 || (sending !== undefined && sending === last);
      if (!over) return false;
      left = Number.POSITIVE_INFINITY;
      last = undefined;
      return true;
    },
  };
}

/** A process that lives until its fate is over; from then on nothing that it did is answered. */
export interface Life {
  readonly death: Promise<'dead'>;
  isAlive(): boolean;
  act<T>(name: string, effect: () => Promise<T>): Promise<T>;
  /** Looks, which is no moment to die: nothing is different whether it did before or after. */
  look<T>(effect: () => Promise<T>): Promise<T>;
}

export function createLife(fate: Fate): Life {
  const { promise: death, resolve } = Promise.withResolvers<'dead'>();
  const never = new Promise<never>(() => {});
  let alive = true;
  const ends = (sending?: string): boolean => {
    if (!alive || !fate.isOver(sending)) return !alive;
    alive = false;
    resolve('dead');
    return true;
  };
  const settled = (work: Promise<unknown>): Promise<void> =>
    work.then(
      () => {},
      () => {},
    );
  return {
    death,
    isAlive: () => alive,
    async act(name, effect) {
      if (ends()) return never;
      const done = effect();
      const end = settled(done);
      if (ends(name)) return never;
      await end;
      return ends() ? never : done;
    },
    async look(effect) {
      if (!alive) return never;
      const seen = effect();
      await settled(seen);
      return alive ? seen : never;
    },
  };
}

/** The same calls, as acts and looks of the process. */
export function mortal<T extends object>(calls: T, life: Life): T {
  const entries = Object.entries(calls).map(([name, call]) => {
    if (typeof call !== 'function') return [name, mortal(call, life)];
    const looks = /^(get|list)/.test(name);
    return [
      name,
      (...args: unknown[]) =>
        looks ? life.look(() => call(...args)) : life.act(name, () => call(...args)),
    ];
  });
  return Object.fromEntries(entries);
}
