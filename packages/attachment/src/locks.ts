/** Mutual exclusion by name, first come first served. Nothing is ever serialised for a whole node. */
export interface Locks {
  /** Rejects with the signal's reason when it aborts before the turn has come. */
  acquire(name: string, signal?: AbortSignal): Promise<Disposable>;
  isHeld(name: string): boolean;
}

export function createLocks(): Locks {
  const tails = new Map<string, Promise<void>>();
  return {
    isHeld: (name) => tails.has(name),
    async acquire(name, signal) {
      const before = tails.get(name);
      const turn = Promise.withResolvers<void>();
      tails.set(name, turn.promise);
      const leave = () => {
        if (tails.get(name) === turn.promise) tails.delete(name);
        turn.resolve();
      };
      try {
        await untilAborted(before, signal);
      } catch (error) {
        // Whoever waits behind must still wait for the holder in front.
        void before?.then(leave);
        throw error;
      }
      return { [Symbol.dispose]: leave };
    },
  };
}

async function untilAborted(turn: Promise<void> | undefined, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (!turn) return;
  if (!signal) return turn;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([turn, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
