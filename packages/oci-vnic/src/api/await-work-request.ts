import type { Clock } from '../http/clock.ts';
import type { ApiCallOptions } from './call.ts';
import { OciError } from './oci-error.ts';
import type { PlaceCalls } from './place-calls.ts';
import type { WireWorkRequestError } from './wire.ts';

export interface WorkRequestWait {
  /** Between two looks, in milliseconds. */
  pollMs: number;
  /** In all, in milliseconds. */
  deadlineMs: number;
}

const ended = ['SUCCEEDED', 'FAILED', 'CANCELED'];

/**
 * Resolves when the work request has ended: with nothing if it succeeded, else with what it complains of.
 * Rejects with OciError, `inDoubt`, if it has not ended in time or cannot be followed.
 */
export async function awaitWorkRequest(
  id: string,
  operation: string,
  wait: WorkRequestWait,
  deps: { client: Pick<PlaceCalls, 'getWorkRequest' | 'listWorkRequestErrors'>; clock: Clock },
  options: ApiCallOptions,
): Promise<OciError | undefined> {
  const { client, clock } = deps;
  const end = clock.now() + wait.deadlineMs;
  const follow = <T>(look: Promise<T>): Promise<T> => look.catch(lost(operation, id));
  for (;;) {
    const { status, percentComplete } = await follow(client.getWorkRequest(id, options));
    if (status === 'SUCCEEDED') return undefined;
    if (ended.includes(status)) {
      const errors = await follow(client.listWorkRequestErrors(id, options));
      return complaint(operation, id, status, errors);
    }
    if (clock.now() >= end) {
      throw new OciError({
        ...{ operation, status: 0, code: 'NoAnswer', retryable: true, inDoubt: true },
        explanation: `work request ${id} is ${status} at ${percentComplete} % after ${wait.deadlineMs} ms`,
      });
    }
    await clock.sleep(wait.pollMs, options.signal);
  }
}

/** The work goes on, seen or not: to be judged by what there is afterwards. */
const lost = (operation: string, id: string) => (cause: unknown) => {
  if (!OciError.is(cause)) throw cause;
  const { status, code, permission, opcRequestId } = cause;
  throw new OciError({
    ...{ operation, status, code, cause, retryable: true, inDoubt: true },
    explanation: `it has begun, but its work request ${id} cannot be followed (${cause.operation})`,
    ...(permission === undefined ? {} : { permission }),
    ...(opcRequestId === undefined ? {} : { opcRequestId }),
  });
};

function complaint(
  operation: string,
  id: string,
  status: string,
  errors: readonly WireWorkRequestError[],
): OciError {
  const [first] = errors;
  return new OciError({
    operation,
    // The work request tells no HTTP status; its codes are those of the single calls.
    status: 400,
    code: first?.code ?? `WorkRequest${status}`,
    retryable: true,
    explanation: `work request ${id}: ${errors.map((error) => error.message).join('; ') || status}`,
  });
}
