/** Runs `work` after each mark, one at a time; marks that come meanwhile are one more run together. */
export interface Follower {
  mark(): void;
  /**
   * Waits until the work of every mark so far is done.
   * @throws what the work threw first: nothing is done after that
   */
  settled(): Promise<void>;
  /** Takes no more marks; waits for the work at hand. */
  stop(): Promise<void>;
}

export function createFollower(work: () => Promise<void>): Follower {
  let marked = 0;
  let running: Promise<void> | undefined;
  let stopped = false;
  let failure: { error: unknown } | undefined;

  async function run(): Promise<void> {
    try {
      let done: number;
      do {
        done = marked;
        await work();
      } while (done !== marked && !stopped);
    } catch (error) {
      failure = { error };
    } finally {
      running = undefined;
    }
  }

  return {
    mark() {
      if (stopped || failure) return;
      marked++;
      // Begun in a later turn, so that the changes of one turn are followed together.
      running ??= Promise.resolve().then(run);
    },
    async settled() {
      while (running) await running;
      if (failure) throw failure.error;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
