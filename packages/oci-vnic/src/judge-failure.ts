import type { ApiFailure } from './model.ts';
import type { Change, WaitCause } from './plan-model.ts';
import { anyCall, callOf, type OptionalRead, placeOf } from './subjects.ts';

/** What follows from a failure: what is kept back, for how long at first and at most, and what has to be read again. */
export interface Verdict {
  cause: WaitCause;
  /** Of the hold. */
  subject: string;
  firstMs: number;
  longestMs: number;
  /** The change may be in effect. */
  inDoubt: boolean;
  /** What is known of the cloud is wrong. */
  reread: boolean;
}

const second = 1_000;
const minute = 60 * second;

/** By status and code alone (OCI, "API Errors"). Without a change: a read failed, without which nothing goes on. */
export function judgeFailure(error: unknown, change?: Change | OptionalRead): Verdict {
  const { status, code, inDoubt = status === 0 || status >= 500 } = asFailure(error);
  const call = change ? callOf(change) : anyCall;
  const place = change ? placeOf(change) : anyCall;
  const verdict = (
    cause: WaitCause,
    subject: string,
    firstMs: number,
    longestMs: number,
    reread = false,
  ): Verdict => ({ cause, subject, firstMs, longestMs, reread, inDoubt });

  if (status === 429 || code === 'RateLimited')
    return verdict('throttled', anyCall, second, minute);
  if (code === 'NotSigned' || status === 401)
    return verdict('not-authenticated', anyCall, 5 * second, 5 * minute);
  if (status === 0 || status === 408 || status >= 500)
    return verdict('api-unavailable', anyCall, second, minute, inDoubt);
  if (code === 'LimitExceeded' || code === 'QuotaExceeded')
    return verdict('limit-reached', place, 2 * minute, 30 * minute, true);
  if (status === 404 || code === 'RelatedResourceNotAuthorizedOrNotFound')
    return verdict('not-authorized-or-not-found', call, 30 * second, 10 * minute, true);
  if (status === 409 || status === 412)
    return verdict('state-conflict', place, 2 * second, minute, true);
  return verdict('refused', place, minute, 30 * minute);
}

/** An error as it is told of a call; what is no ApiFailure is taken for a call without an answer. */
export function asFailure(error: unknown): ApiFailure {
  if (error instanceof Error && 'status' in error && 'code' in error)
    return error as Error & ApiFailure;
  return {
    operation: 'unknown',
    status: 0,
    code: 'NoAnswer',
    message: String(error),
    inDoubt: true,
  };
}
