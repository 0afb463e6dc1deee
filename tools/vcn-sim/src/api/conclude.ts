import { ApiError, notFound } from '../cloud/api-error.ts';
import type { CallLog } from '../cloud/call-log.ts';
import type { Effect } from '../cloud/faults.ts';
import type { ApiAnswer, ApiRequest } from './message.ts';

/** An answer, or what becomes of the connection instead. */
export type Outcome = ApiAnswer | 'break';

/** Does what a call asks for; `tell` gives the name of its operation as soon as it is known. */
export type Attempt = (tell: (operation: string) => void) => Promise<Outcome>;

/** What the caller gets of an attempt: its answer, or the service's words for what it throws. Counts the call. */
export async function conclude(
  calls: CallLog,
  { headers }: ApiRequest,
  attempt: Attempt,
): Promise<Outcome> {
  const requestId = headers['opc-request-id'] ?? newRequestId();
  let name = 'Unknown';
  const tell = (operation: string) => {
    name = operation;
  };
  const outcome = await attempt(tell).catch(answerTo);
  calls.record(name, outcome === 'break' ? 'broken' : `${outcome.status}`);
  if (outcome === 'break') return outcome;
  return { ...outcome, headers: { ...outcome.headers, 'opc-request-id': requestId } };
}

/** Throws what the effect says instead of doing what was asked for. */
export function refuseBy(effect: Effect | undefined): void {
  if (effect?.kind === 'throttle') throw throttled();
  if (effect?.kind === 'deny') throw notFound('no policy allows it');
  if (effect?.kind === 'server-error') {
    throw new ApiError(500, 'InternalServerError', 'Internal error occurred');
  }
  if (effect?.kind === 'answer') {
    throw new ApiError(effect.status, effect.code, effect.message ?? 'injected');
  }
}

export const throttled = (): ApiError =>
  new ApiError(429, 'TooManyRequests', 'User-rate limit exceeded.');

/** A defect of the simulator is a 500 as well, and says which. */
function answerTo(error: unknown): ApiAnswer {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, 'InternalServerError', `${(error as Error).stack}`);
  const { status, code, message } = known;
  return { status, headers: {}, body: { code, message } };
}

const newRequestId = () => crypto.randomUUID().replaceAll('-', '').toUpperCase();
