import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigner } from '../create-signer.ts';
import type { Signer } from '../signer.ts';
import { type FakeState, handle, type Plain } from './fake-handlers.ts';
import { signatureFault } from './verify-signature.ts';

/**
 * What befalls a request: an answer in place of the work, `lost` (the work is done, the answer is not sent), or `cut`
 * (the connection ends before the work).
 */
export type Fault = 'lost' | 'cut' | { status: number; code: string; headers?: Plain };

export interface SeenRequest {
  method: string;
  path: string;
  retryToken?: string;
  body: unknown;
}

export interface FakeCore extends AsyncDisposable {
  url: string;
  signer: Signer;
  seen: SeenRequest[];
  /** Taken one for each request, in order, by `METHOD /path` prefix; `*` for any. */
  faults: { on: string; fault: Fault }[];
  state: FakeState;
  /** Time of day by which signatures are judged, and which answers carry. */
  date(): Date;
}

/** A small Core Services over HTTP: it verifies signatures, keeps what it makes, and honours retry tokens. */
export async function startFakeCore(date: () => Date = () => new Date()): Promise<FakeCore> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const state: FakeState = {
    ...{ attachments: [], vnics: [], privateIps: [], ipv6s: [], workRequests: [], subnets: [] },
    ...{ perPage: 100, answers: new Map(), forgetTokens: false, bulkFails: 0, serial: 0 },
  };
  const seen: SeenRequest[] = [];
  const faults: FakeCore['faults'] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = Buffer.concat(await request.toArray()).toString('utf8');
    const { method = '', url = '' } = request;
    const token = request.headers['opc-retry-token'];
    const send = (status: number, body: unknown, headers: Plain = {}): void => {
      const own = { 'opc-request-id': `served-${seen.length}`, date: date().toUTCString() };
      response.writeHead(status, { ...own, ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    seen.push({
      ...{ method, path: url, body },
      ...(typeof token === 'string' ? { retryToken: token } : {}),
    });
    const fault = signatureFault(request, text, publicKey, date());
    if (fault) return send(401, { code: 'NotAuthenticated', message: fault });
    const index = faults.findIndex(
      ({ on }) => on === '*' || `${method} ${url}`.startsWith(on.replace(' ', ' /20160918')),
    );
    const planned = index < 0 ? undefined : faults.splice(index, 1)[0]?.fault;
    if (planned === 'cut') return void request.socket.destroy();
    if (typeof planned === 'object') {
      return send(planned.status, { code: planned.code, message: 'as planned' }, planned.headers);
    }
    const done = handle(state, method, new URL(url, 'http://core'), body, token as string);
    if (planned === 'lost') return void request.socket.destroy();
    send(done.status, done.body, done.headers);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signer: createSigner(
      async () => ({ keyId: 'ocid1.tenancy.oc1..t/ocid1.user.oc1..u/20:3b', privateKey: pem }),
      { clock: { date } },
    ),
    ...{ seen, faults, state, date },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
