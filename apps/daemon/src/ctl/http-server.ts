import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Log } from '../log/log.ts';
import { listenAt } from '../server/endpoint.ts';
import type { CtlAnswer, Routes } from './routes.ts';

/** Where to listen: a unix socket, or a loopback address with a port. */
export type HttpPlace = { path: string } | { listen: string };

/** Serves routes over HTTP until disposed. */
export async function serveHttp(
  place: HttpPlace,
  routes: Routes,
  log: Log,
): Promise<AsyncDisposable> {
  const server = createServer(listener(routes, log));
  if ('path' in place) await listenAt(server, place.path);
  else await listenOn(server, place.listen);
  server.on('error', (error) => log.error({ err: error }, 'operators socket failed'));
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // Nobody may keep a stopping daemon, and with it the lock, by a connection left open.
      const timer = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function listenOn(server: Server, listen: string): Promise<void> {
  const url = new URL(`tcp://${listen}`);
  server.listen({ host: url.hostname.replaceAll(/[[\]]/g, ''), port: Number(url.port) });
  await once(server, 'listening');
}

function listener(routes: Routes, log: Log): RequestListener {
  return async (request, response) => {
    request.resume();
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const answer = await answerTo(routes, `${request.method}`, path, query, log);
    // A connection kept for later would hold up a daemon that stops.
    response.writeHead(answer.status, {
      'content-type': answer.contentType,
      connection: 'close',
    });
    response.end(answer.body);
  };
}

async function answerTo(
  routes: Routes,
  method: string,
  path: string,
  query: string,
  log: Log,
): Promise<CtlAnswer> {
  const route = routes.get(`${method} ${path}`);
  if (!route) {
    const allowed = [...routes.keys()].filter((key) => key.endsWith(` ${path}`));
    return allowed.length > 0
      ? failure(405, `${method} ${path}: use ${allowed.join(' or ')}`)
      : failure(404, `${path}: no such path; there is ${[...routes.keys()].join(', ')}`);
  }
  try {
    return await route(new URLSearchParams(query));
  } catch (error) {
    log.error({ err: error, path }, 'request of an operator failed');
    return failure(500, (error as Error).message);
  }
}

const failure = (status: number, error: string): CtlAnswer => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify({ error })}\n`,
});
