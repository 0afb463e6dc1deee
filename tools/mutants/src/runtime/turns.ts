/** Something that waits for its turn among others of the same machine. */
export interface Turn {
  readonly machine: string;
  /** Undefined: all of them, as GC needs it. */
  readonly id: string | undefined;
}

/** Whether one must not run while the other does. `later` was asked for after `earlier`. */
export type Excludes = (earlier: Turn, later: Turn) => boolean;

export type TakeTurn = <Result>(
  turn: Turn,
  excludes: Excludes,
  work: () => Promise<Result>,
) => Promise<Result>;

/** Work begins when everything that excludes it and was asked for before has ended. */
export function createTurns(): TakeTurn {
  const going = new Map<Turn, Promise<void>>();
  return async (turn, excludes, work) => {
    const before = [...going]
      .filter(([each]) => each.machine === turn.machine && excludes(each, turn))
      .map(([, ended]) => ended);
    const { promise, resolve } = Promise.withResolvers<void>();
    going.set(turn, promise);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      going.delete(turn);
      resolve();
    }
  };
}
