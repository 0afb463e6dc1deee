import { randomUUID } from 'node:crypto';
import { type Backoff, backoffMs, retryAfterMs } from '../http/backoff.ts';
import { type Clock, systemClock } from '../http/clock.ts';
import { attemptCall, type Outcome, type Refusal } from './attempt-call.ts';
import type { Caller, ObservedAttempt } from './call.ts';
import { OciError } from './oci-error.ts';
import { permissionFor } from './permissions.ts';
import { mayHaveHappened } from './recourse.ts';
import type { Signer } from './signer.ts';
import { createTokenBucket, type TokenBucketOptions } from './token-bucket.ts';

export interface CallerOptions {
  /** Of the Core Services, such as `https://iaas.eu-frankfurt-1.oraclecloud.com`; the version is appended. */
  endpoint: string;
  /** For a call with all its attempts, in milliseconds. Default 60,000. */
  deadlineMs?: number;
  /** For one attempt, in milliseconds. Default 20,000. */
  attemptMs?: number;
  /** Default 8. */
  attempts?: number;
  backoff?: Backoff;
  /** What leaves this client at most, by class of call. Default 20 a second, 5 at once, of each. */
  rates?: { read?: TokenBucketOptions; write?: TokenBucketOptions };
}

export interface CallerDeps {
  signer: Signer;
  /** Pauses, rates, deadlines and signatures follow it; an attempt in flight is bounded by real time. Default: this machine's. */
  clock?: Clock;
  /** 0 up to 1, spreads the pauses. Default Math.random. */
  random?: () => number;
  /** Told of each attempt. Must not throw. */
  observe?(attempt: ObservedAttempt): void;
}

const defaultRate: TokenBucketOptions = { perSecond: 20, burst: 5 };

/**
 * The way of every call: rate, signature, attempts with one retry token, and an error that says what to do.
 * Throws RangeError if a rate can let nothing pass, TypeError if the endpoint is no URL.
 */
export function createCaller(options: CallerOptions) {
  const { deadlineMs = 60_000, attemptMs = 20_000, attempts = 8, backoff = {} } = options;
  const base = `${new URL(options.endpoint).href.replace(/\/+$/, '')}/20160918`;
  const reads = createTokenBucket(options.rates?.read ?? defaultRate);
  const writes = createTokenBucket(options.rates?.write ?? defaultRate);

  return (deps: CallerDeps): Caller => {
    const { signer, clock = systemClock, random = Math.random, observe } = deps;
    const buckets = { read: reads(clock), write: writes(clock) };

    return async (call, { signal, deadlineMs: own = deadlineMs, retryToken } = {}) => {
      const bucket = call.method === 'GET' ? buckets.read : buckets.write;
      const token = call.method === 'POST' ? checkToken(retryToken ?? randomUUID()) : undefined;
      const end = clock.now() + own;
      let refusal = unsent;
      let inDoubt = false;
      let refreshed = false;
      let attempt = 0;
      const failure = () => toError(call.operation, refusal, attempt, inDoubt);

      while (attempt < attempts) {
        if (!(await bucket.take(end - clock.now(), signal))) throw failure();
        attempt += 1;
        const started = clock.now();
        const timeoutMs = Math.min(attemptMs, end - started);
        const outcome = await attemptCall({
          call,
          base,
          retryToken: token,
          signer,
          clock,
          timeoutMs,
          signal,
        });
        observe?.(observed(call.operation, attempt, outcome, clock.now() - started));
        if (outcome.done) return outcome.answer;
        refusal = outcome;
        inDoubt ||= call.method !== 'GET' && mayHaveHappened(refusal.status, refusal.code);
        if (refusal.recourse === 'authenticate' && signer.refresh && !refreshed) {
          refreshed = true;
          // If no token is to be had, the next attempt is refused as this one was, and that is what to report.
          await signer.refresh().catch(() => undefined);
          continue;
        }
        // A delete that was carried out without an answer meets its own work: to be judged by a list, not by waiting.
        const met = call.method === 'DELETE' && inDoubt && refusal.status === 409;
        if (refusal.recourse !== 'again' || met) throw failure();
        const asked = retryAfterMs(refusal.retryAfter, clock.date()) ?? 0;
        const pause = Math.max(asked, backoffMs(attempt, backoff, random));
        if (attempt === attempts || pause >= end - clock.now()) throw failure();
        await clock.sleep(pause, signal);
      }
      throw failure();
    };
  };
}

const unsent: Refusal = {
  done: false,
  status: 0,
  code: 'RateLimited',
  recourse: 'again',
  explanation: 'its turn would come after the deadline: too many calls wait in this client',
};

function checkToken(token: string): string {
  if (token.length >= 1 && token.length <= 64) return token;
  throw new RangeError(`retryToken: "${token}" has ${token.length} characters; OCI takes 1 to 64`);
}

function toError(
  operation: string,
  refusal: Refusal,
  attempts: number,
  inDoubt: boolean,
): OciError {
  const { done: _, recourse, retryAfter: __, ...facts } = refusal;
  const unseen =
    refusal.status === 404 || refusal.code === 'RelatedResourceNotAuthorizedOrNotFound';
  const permission = unseen ? permissionFor(operation) : undefined;
  const retryable = recourse === 'again' || recourse === 'later';
  return new OciError({
    ...facts,
    ...{ operation, retryable, attempts, inDoubt },
    ...(permission === undefined ? {} : { permission }),
  });
}

function observed(
  operation: string,
  attempt: number,
  outcome: Outcome,
  milliseconds: number,
): ObservedAttempt {
  const told: ObservedAttempt = { operation, attempt, status: outcome.status, milliseconds };
  const id = outcome.done ? outcome.answer.opcRequestId : outcome.opcRequestId;
  if (id !== undefined) told.opcRequestId = id;
  return outcome.done ? told : { ...told, code: outcome.code, recourse: outcome.recourse };
}
