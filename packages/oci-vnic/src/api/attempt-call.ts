import { randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock.ts';
import { exchange, type Reply } from '../http/exchange.ts';
import { timeLimit } from '../http/time-limit.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import type { ApiAnswer, ApiCall } from './call.ts';
import { type Recourse, recourseFor } from './recourse.ts';
import type { Signer } from './signer.ts';

/** What one attempt came to if not to success. */
export interface Refusal {
  done: false;
  /** 0: no answer. */
  status: number;
  code: string;
  recourse: Recourse;
  explanation?: string;
  opcRequestId?: string;
  retryAfter?: string;
  cause?: unknown;
}

export type Outcome = { done: true; status: number; answer: ApiAnswer } | Refusal;

export interface Attempt {
  call: ApiCall;
  /** Endpoint with version. */
  base: string;
  retryToken: string | undefined;
  signer: Signer;
  clock: Clock;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** The service refuses a signature whose date is further off (OCI, "Request Signatures"). */
const allowedSkewMs = 5 * 60_000;

/** Signs, sends and reads once. Rejects only with the reason of the signal. */
export async function attemptCall(attempt: Attempt): Promise<Outcome> {
  const { call, signer, clock, signal } = attempt;
  const requestId = randomUUID().replaceAll('-', '').toUpperCase();
  const url = attempt.base + call.path + queryOf(call);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'opc-request-id': requestId,
    'user-agent': 'vcn-cni',
    'x-date': clock.date().toUTCString(),
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (attempt.retryToken !== undefined) headers['opc-retry-token'] = attempt.retryToken;
  if (call.ifMatch !== undefined) headers['if-match'] = call.ifMatch;

  const within = timeLimit(attempt.timeoutMs, signal);
  const request = { method: call.method, url, headers, ...(body === undefined ? {} : { body }) };
  let signed: Record<string, string>;
  try {
    // Getting a token may hang where the identity service does; the attempt does not hang with it.
    signed = await unlessAborted(signer.sign(request), within);
  } catch (cause) {
    signal?.throwIfAborted();
    return {
      ...unanswered('NotSigned', cause),
      explanation: `no credentials to sign with: ${text(cause)}`,
    };
  }
  try {
    const reply = await exchange({ ...request, headers: signed, signal: within });
    return read(reply, requestId, clock);
  } catch (cause) {
    signal?.throwIfAborted();
    return { ...unanswered('NoAnswer', cause), opcRequestId: requestId, explanation: text(cause) };
  }
}

function read(reply: Reply, requestId: string, clock: Clock): Outcome {
  const { status, headers } = reply;
  const opcRequestId = first(headers['opc-request-id']) ?? requestId;
  const parsed = parse(reply.body);
  if (status >= 200 && status < 300 && parsed.ok) {
    const answer: ApiAnswer = { body: parsed.value, opcRequestId };
    const nextPage = first(headers['opc-next-page']);
    const workRequestId = first(headers['opc-work-request-id']);
    if (nextPage) answer.nextPage = nextPage;
    if (workRequestId) answer.workRequestId = workRequestId;
    if (headers.etag) answer.etag = headers.etag;
    return { done: true, status, answer };
  }
  const { code, message } =
    (parsed.ok && (parsed.value as { code?: unknown; message?: unknown })) || {};
  const named = typeof code === 'string' ? code : status < 400 ? 'BadAnswer' : `Http${status}`;
  const refusal: Refusal = {
    done: false,
    status,
    code: named,
    recourse: recourseFor(status, named),
    opcRequestId,
  };
  if (typeof message === 'string') refusal.explanation = message;
  if (headers['retry-after'] !== undefined) refusal.retryAfter = headers['retry-after'];
  const off = status === 401 ? skewMs(headers.date, clock) : 0;
  if (Math.abs(off) > allowedSkewMs) {
    // A new token is dated by the same clock.
    refusal.recourse = 'never';
    refusal.explanation = `the clock of this host is ${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'ahead of' : 'behind'} the service's, 300 s are allowed: set it right (chrony, NTP)`;
  }
  return refusal;
}

function unanswered(code: 'NoAnswer' | 'NotSigned', cause: unknown): Refusal {
  return { done: false, status: 0, code, recourse: recourseFor(0, code), cause };
}

function queryOf(call: ApiCall): string {
  const pairs = Object.entries(call.query ?? {}).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return '';
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value as string | number)}`).join('&')}`;
}

function parse(body: string): { ok: true; value: unknown } | { ok: false } {
  if (body.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return { ok: false };
  }
}

/** How far the host's clock is ahead. */
function skewMs(date: string | undefined, clock: Clock): number {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(theirs) ? 0 : clock.date().getTime() - theirs;
}

const first = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

const text = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
