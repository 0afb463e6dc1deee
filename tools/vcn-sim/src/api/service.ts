import { ApiError, notFound } from '../cloud/api-error.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Effect } from '../cloud/faults.ts';
import { draw } from '../cloud/world.ts';
import { parseBody } from './fields.ts';
import type { ApiAnswer, ApiRequest } from './message.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRetryTokens } from './retry-tokens.ts';
import { type Routed, route } from './router.ts';
import { checkSignature } from './signature.ts';

/** An answer, or what becomes of the connection instead. */
export type Outcome = ApiAnswer | 'break';

/**
 * The service below `/20160918`: signature, rate, faults, latency, then the operation.
 * `signedAt` says what time it is for whoever signs; default the time of the day.
 */
export function createService(
  cloud: Cloud,
  signedAt: () => number = Date.now,
): (request: ApiRequest) => Promise<Outcome> {
  const { world, clock } = cloud;
  const allowed = createRateLimit(clock);
  const tokens = createRetryTokens(clock, (id) =>
    [world.attachments, world.ips, world.workRequests].some((resources) => resources.has(id)),
  );

  /** Synchronous: what a call does to the books happens in one turn. */
  function perform({ operation, id }: Routed, request: ApiRequest): ApiAnswer {
    const url = new URL(request.target, 'http://sim');
    const call = () =>
      operation.run({
        world,
        id,
        query: url.searchParams,
        body: parseBody(request.body),
        ifMatch: request.headers['if-match'],
      });
    if (operation.method !== 'POST') return call();
    const same = `${operation.name} ${url.pathname} ${Buffer.from(request.body).toString('base64')}`;
    return tokens.once(request.headers['opc-retry-token'], same, call);
  }

  async function serve(request: ApiRequest, routed: Routed, keyId: string): Promise<Outcome> {
    const { operation } = routed;
    const isWrite = operation.method !== 'GET';
    const rate = world.profile.rate?.[isWrite ? 'write' : 'read'];
    const effect = cloud.faults.draw(operation.name, isWrite);
    if (rate && !allowed(`${keyId} ${isWrite}`, rate)) throw throttled();
    if (effect?.kind === 'away') return 'break';
    const latency = draw(world, world.profile.latency[isWrite ? 'write' : 'read']);
    const ms = latency + (effect?.kind === 'delay' ? effect.ms : 0);
    if (ms > 0) await new Promise<void>((done) => clock.after(ms, done));
    refuseBy(effect);
    const answer = perform(routed, request);
    return effect?.kind === 'lost' ? 'break' : answer;
  }

  return async (request) => {
    const requestId = request.headers['opc-request-id'] ?? newRequestId();
    let name = 'Unknown';
    let outcome: Outcome;
    try {
      const routed = findRoute(request);
      name = routed.operation.name;
      const keyId = checkSignature(request, cloud.identity.find, signedAt());
      outcome = await serve(request, routed, keyId);
    } catch (error) {
      outcome = answerTo(error);
    }
    cloud.calls.record(name, outcome === 'break' ? 'broken' : `${outcome.status}`);
    if (outcome === 'break') return outcome;
    return { ...outcome, headers: { ...outcome.headers, 'opc-request-id': requestId } };
  };
}

function findRoute({ method, target }: ApiRequest): Routed {
  const { pathname } = new URL(target, 'http://sim');
  const routed = route(method, pathname.slice('/20160918'.length));
  if (!routed) throw notFound(`${method} ${pathname}`);
  return routed;
}

function refuseBy(effect: Effect | undefined): void {
  if (effect?.kind === 'throttle') throw throttled();
  if (effect?.kind === 'deny') throw notFound('no policy allows it');
  if (effect?.kind === 'server-error') {
    throw new ApiError(500, 'InternalServerError', 'Internal error occurred');
  }
  if (effect?.kind === 'answer') {
    throw new ApiError(effect.status, effect.code, effect.message ?? 'injected');
  }
}

const throttled = () => new ApiError(429, 'TooManyRequests', 'User-rate limit exceeded.');

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
