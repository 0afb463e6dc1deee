import { Agent } from 'node:http';
import { z } from 'zod';
import { type Backoff, backoffMs, retryAfterMs } from '../http/backoff.ts';
import { type Clock, systemClock } from '../http/clock.ts';
import { exchange, type Reply } from '../http/exchange.ts';
import { timeLimit } from '../http/time-limit.ts';
import { ImdsError } from './imds-error.ts';
import { type InstanceMetadata, parseInstance } from './instance-metadata.ts';
import { parseVnics, type VnicMetadata } from './vnic-metadata.ts';

export interface ImdsOptions {
  /** Version 2 of the service. Default `http://169.254.169.254/opc/v2`; another for a simulated one. */
  baseUrl?: string;
  /** For one attempt, in milliseconds. Default 3,000. */
  attemptMs?: number;
  /** For all attempts with their pauses, in milliseconds. Default 30,000. */
  deadlineMs?: number;
  backoff?: Backoff;
}

export interface ImdsDeps {
  /** Pauses and deadlines follow it. Default: this machine's. */
  clock?: Clock;
  /** 0 up to 1, spreads the pauses. Default Math.random. */
  random?: () => number;
}

export interface ImdsCallOptions {
  signal?: AbortSignal;
}

/** The metadata service of the instance. It answers on the primary VNIC only, and only to its primary address. */
export interface Imds {
  instance(options?: ImdsCallOptions): Promise<InstanceMetadata>;
  /** Primary first, then in the order of their creation. */
  vnics(options?: ImdsCallOptions): Promise<VnicMetadata[]>;
}

/**
 * A client of the metadata service, version 2. Calls reject with ImdsError, or with the reason of the signal.
 * 404, 429 and 5xx are retried until the deadline: the service answers them while it is busy or starting
 * ("Getting Instance Metadata" in OCI's documentation).
 */
export function createImds(options: ImdsOptions = {}) {
  const { attemptMs = 3_000, deadlineMs = 30_000, backoff = { longestMs: 5_000 } } = options;
  const base = (options.baseUrl ?? 'http://169.254.169.254/opc/v2').replace(/\/+$/, '');
  // An agent of its own: the global one follows proxy variables, and the service refuses what a proxy sends on.
  const agent = new Agent();

  return ({ clock = systemClock, random = Math.random }: ImdsDeps = {}): Imds => {
    const get = async <T>(
      path: string,
      parse: (body: unknown) => T,
      { signal }: ImdsCallOptions,
    ): Promise<T> => {
      const url = base + path;
      const end = clock.now() + deadlineMs;
      for (let attempt = 1; ; attempt += 1) {
        signal?.throwIfAborted();
        const left = end - clock.now();
        const reply = await ask(url, agent, Math.min(attemptMs, left), signal);
        if (!(reply instanceof ImdsError) && reply.status === 200) return read(url, reply, parse);
        const error = reply instanceof ImdsError ? reply : refusal(url, reply);
        if (error.status !== undefined && !isPassing(error.status)) throw error;
        const after = reply instanceof ImdsError ? undefined : reply.headers['retry-after'];
        const pause = Math.max(
          retryAfterMs(after, clock.date()) ?? 0,
          backoffMs(attempt, backoff, random),
        );
        if (pause >= end - clock.now()) throw error;
        await clock.sleep(pause, signal);
      }
    };
    return {
      instance: (control = {}) => get('/instance/', parseInstance, control),
      vnics: (control = {}) => get('/vnics/', parseVnics, control),
    };
  };
}

const isPassing = (status: number): boolean => status === 404 || status === 429 || status >= 500;

async function ask(
  url: string,
  agent: Agent,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Reply | ImdsError> {
  try {
    return await exchange({
      ...{ method: 'GET', url, agent, signal: timeLimit(timeoutMs, signal) },
      headers: { accept: 'application/json', authorization: 'Bearer Oracle' },
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const text = cause instanceof Error ? cause.message : String(cause);
    return new ImdsError('unreachable', url, `no answer: ${text}`, { cause });
  }
}

function refusal(url: string, { status }: Reply): ImdsError {
  return new ImdsError('refused', url, `it answered ${status}`, { status });
}

function read<T>(url: string, { body }: Reply, parse: (body: unknown) => T): T {
  try {
    return parse(JSON.parse(body));
  } catch (cause) {
    const text = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new ImdsError('malformed', url, `unexpected answer: ${text}`, { cause });
  }
}
