import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cloud } from '../cloud/cloud.ts';
import { serveAdmin } from './admin.ts';
import type { Outcome } from './conclude.ts';
import { createFederation, federationPath } from './federation.ts';
import type { ApiAnswer, ApiRequest } from './message.ts';
import { createService } from './service.ts';

export interface CloudServerOptions {
  cloud: Cloud;
  /** Default port 0 of 127.0.0.1: any that is free. A path is a Unix socket. */
  listen?: { host?: string; port?: number } | { path: string };
  /** What time signatures are checked against; default the time of the day. */
  signedAt?: () => number;
}

export interface CloudServer extends AsyncDisposable {
  /** Where clients find it: `http://127.0.0.1:PORT`, without the version. */
  readonly endpoint: string;
  close(): Promise<void>;
}

const maxBody = 1 << 20;

/**
 * Serves a cloud over HTTP: the service at `/20160918`, the exchange of certificates at `/v1/x509`, the operator's
 * calls at `/admin`.
 */
export async function startCloudServer(options: CloudServerOptions): Promise<CloudServer> {
  const { cloud, listen = {}, signedAt } = options;
  const service = createService(cloud, signedAt);
  const federation = createFederation(cloud, signedAt);

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    const outcome = await answer(request);
    if (outcome === 'break') return void message.socket.destroy();
    writeAnswer(response, outcome);
  }

  async function answer(request: ApiRequest | undefined): Promise<Outcome> {
    if (!request) {
      const body = { code: 'RequestEntityTooLarge', message: 'The body has more than 1 MiB.' };
      return { status: 413, headers: {}, body };
    }
    if (/^\/admin(?=[/?]|$)/.test(request.target)) return serveAdmin(cloud, request);
    if (request.target.startsWith('/20160918/')) return service(request);
    if (`${request.method} ${request.target}` === `POST ${federationPath}`) {
      return federation(request);
    }
    const message = `${request.target} is below neither /20160918 nor /admin, nor is it POST ${federationPath}.`;
    return { status: 404, headers: {}, body: { code: 'NotAuthorizedOrNotFound', message } };
  }

  const server = createServer((message, response) => {
    handle(message, response).catch((error: Error) => {
      if (!response.headersSent) {
        const body = { code: 'InternalServerError', message: error.message };
        writeAnswer(response, { status: 500, headers: {}, body });
      }
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen('path' in listen ? listen : { host: '127.0.0.1', port: 0, ...listen }, done);
  });

  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  return { endpoint: endpointOf(server.address()!), close, [Symbol.asyncDispose]: close };
}

function endpointOf(address: AddressInfo | string): string {
  if (typeof address === 'string') return `unix:${address}`;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

/** Nothing: the body is too large. */
async function readRequest(message: IncomingMessage): Promise<ApiRequest | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length <= maxBody) chunks.push(chunk);
  }
  if (length > maxBody) return undefined;
  const headers = Object.entries(message.headers).map(([name, value]) => [name, value?.toString()]);
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

function writeAnswer(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  const text = JSON.stringify(body);
  const length = `${Buffer.byteLength(text)}`;
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': length,
  });
  response.end(text);
}
