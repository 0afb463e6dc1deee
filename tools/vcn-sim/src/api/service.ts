import { notFound } from '../cloud/api-error.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { draw } from '../cloud/world.ts';
import { conclude, type Outcome, refuseBy, throttled } from './conclude.ts';
import { parseBody } from './fields.ts';
import type { ApiAnswer, ApiRequest } from './message.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRetryTokens } from './retry-tokens.ts';
import { type Routed, route } from './router.ts';
import { checkSignature } from './signature.ts';

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

  async function serve(request: ApiRequest, routed: Routed, caller: string): Promise<Outcome> {
    const { operation } = routed;
    const isWrite = operation.method !== 'GET';
    const rate = world.profile.rate?.[isWrite ? 'write' : 'read'];
    const effect = cloud.faults.draw(operation.name, isWrite);
    if (rate && !allowed(`${caller} ${isWrite}`, rate)) throw throttled();
    if (effect?.kind === 'away') return 'break';
    const latency = draw(world, world.profile.latency[isWrite ? 'write' : 'read']);
    const ms = latency + (effect?.kind === 'delay' ? effect.ms : 0);
    if (ms > 0) await new Promise<void>((done) => clock.after(ms, done));
    refuseBy(effect);
    const answer = perform(routed, request);
    return effect?.kind === 'lost' ? 'break' : answer;
  }

  return (request) =>
    conclude(cloud.calls, request, async (tell) => {
      const routed = findRoute(request);
      tell(routed.operation.name);
      const caller = checkSignature(request, cloud.identity.find, signedAt());
      return serve(request, routed, caller);
    });
}

function findRoute({ method, target }: ApiRequest): Routed {
  const { pathname } = new URL(target, 'http://sim');
  const routed = route(method, pathname.slice('/20160918'.length));
  if (!routed) throw notFound(`${method} ${pathname}`);
  return routed;
}
