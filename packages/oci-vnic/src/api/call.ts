import type { Recourse } from './recourse.ts';

/** One call of the service, as data. */
export interface ApiCall {
  /** As OCI's reference names it, such as `AttachVnic`. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/20160918`, with identifiers already escaped. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Only if the resource is still at this etag. */
  ifMatch?: string;
}

/** What every call takes at its end. */
export interface ApiCallOptions {
  signal?: AbortSignal;
  /** For the call with all its attempts and pauses, in milliseconds. */
  deadlineMs?: number;
  /** POST only: 1 to 64 characters; the service does what bears the same token once (for 24 hours). Default: a new one. */
  retryToken?: string;
}

export interface ApiAnswer {
  /** Parsed JSON; undefined if there was none. */
  body: unknown;
  opcRequestId?: string;
  /** For `page` of the next call. */
  nextPage?: string;
  workRequestId?: string;
  etag?: string;
}

/** One attempt, as it is told to whoever counts. */
export interface ObservedAttempt {
  operation: string;
  attempt: number;
  /** 0: no answer. */
  status: number;
  /** Absent after success. */
  code?: string;
  /** Absent after success. */
  recourse?: Recourse;
  milliseconds: number;
  opcRequestId?: string;
}

/** Makes one call. Rejects with OciError, or with the reason of the signal. */
export type Caller = (call: ApiCall, options?: ApiCallOptions) => Promise<ApiAnswer>;
