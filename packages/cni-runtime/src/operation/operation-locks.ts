/** Runs `work` when nothing that excludes it is running or was asked for before. */
export interface OperationLocks {
  /** Excludes every other work for the container (SPEC section 3, "Lifecycle & Ordering"). */
  forContainer<T>(containerId: string, work: Work<T>, signal?: AbortSignal): Promise<T>;
  /** Excludes everything, as GC has to. */
  forAll<T>(work: Work<T>, signal?: AbortSignal): Promise<T>;
}

type Work<T> = () => Promise<T>;

interface Request {
  /** Undefined: all of them. */
  containerId: string | undefined;
  started: boolean;
  start(): void;
}

/** Locks of one process. Work is started in the order in which it was asked for. */
export function createOperationLocks(): OperationLocks {
  const requests = new Set<Request>();

  const startNext = () => {
    const before: Request[] = [];
    for (const request of requests) {
      if (!request.started && !before.some((earlier) => exclude(earlier, request))) {
        request.started = true;
        request.start();
      }
      before.push(request);
    }
  };

  const locked = async <T>(
    containerId: string | undefined,
    work: Work<T>,
    signal?: AbortSignal,
  ) => {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const request: Request = { containerId, started: false, start: resolve };
    const giveUp = () => reject(signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    requests.add(request);
    startNext();
    try {
      await promise;
      return await work();
    } finally {
      signal?.removeEventListener('abort', giveUp);
      requests.delete(request);
      startNext();
    }
  };

  return {
    forContainer: locked,
    forAll: (work, signal) => locked(undefined, work, signal),
  };
}

function exclude(one: Request, other: Request): boolean {
  const all = one.containerId === undefined || other.containerId === undefined;
  return all || one.containerId === other.containerId;
}
