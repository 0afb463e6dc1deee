/** Where simulated things take the time from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once `ms` milliseconds have passed; answers the way to call it off. */
  after(ms: number, work: () => void): () => void;
}

/** A clock that a test or an operator can push forward. */
export interface SimClock extends Clock {
  /** Lets `ms` milliseconds pass at once; what falls due runs in order, each at its own time. */
  advance(ms: number): void;
  /** When the next thing falls due; nothing: nothing is waiting. */
  next(): number | undefined;
}
