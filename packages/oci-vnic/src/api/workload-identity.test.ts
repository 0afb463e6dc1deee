import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { credentialsOf } from './authentication.ts';

const fixture = (name: string): URL => new URL(`../../fixtures/api/${name}`, import.meta.url);
let folder: string;
let server: Server;
let port: number;
let seen: { request: IncomingMessage; body: string }[];
let answer: { status: number; body: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'account-'));
  writeFileSync(join(folder, 'token'), 'account-1\n');
  seen = [];
  const body = Buffer.from(JSON.stringify({ token: 'ST$a.b.c' })).toString('base64');
  answer = { status: 200, body };
  const keys = {
    cert: readFileSync(fixture('server.pem')),
    key: readFileSync(fixture('server-key.pem')),
  };
  server = createServer(keys, async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    seen.push({ request, body: text });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const source = (caFile = fileURLToPath(fixture('ca.pem'))) =>
  credentialsOf({
    ...{ kind: 'workload-identity', host: '127.0.0.1', port, caFile },
    tokenFile: join(folder, 'token'),
  });

test('the account is exchanged for a token of a key made for it', async () => {
  const { keyId, privateKey } = await source()();
  expect(keyId).toBe('ST$a.b.c');
  const [{ request, body } = expect.unreachable()] = seen;
  expect([request.method, request.url]).toEqual(['POST', '/resourcePrincipalSessionTokens']);
  expect(request.headers.authorization).toBe('Bearer account-1');
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  expect(JSON.parse(body)).toEqual({ podKey: der.toString('base64') });
});

test('each time the account is read anew, and another key made', async () => {
  const from = source();
  const first = await from();
  writeFileSync(join(folder, 'token'), 'account-2');
  expect((await from()).privateKey).not.toBe(first.privateKey);
  expect(seen[1]?.request.headers.authorization).toBe('Bearer account-2');
});

test('a server of another authority gets no account', async () => {
  await expect(source(fileURLToPath(fixture('instance.pem')))()).rejects.toThrow(/certificate/);
  expect(seen).toHaveLength(0);
});

test('what goes wrong is said, with what to do', async () => {
  await expect(source(join(folder, 'absent'))()).rejects.toThrow(/caFile .*absent cannot be read/);
  answer.status = 403;
  await expect(source()()).rejects.toThrow(/answered 403; it must be an enhanced cluster/);
  answer = { status: 200, body: 'e30=' };
  await expect(source()()).rejects.toThrow('no token');
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '');
  const { caFile, tokenFile } = {
    caFile: fileURLToPath(fixture('ca.pem')),
    tokenFile: join(folder, 'token'),
  };
  const bare = credentialsOf({ kind: 'workload-identity', caFile, tokenFile });
  await expect(bare()).rejects.toThrow('KUBERNETES_SERVICE_HOST');
});

test('by the environment of a pod', async () => {
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '127.0.0.1');
  vi.stubEnv('KUBERNETES_SERVICE_PORT_PROXYMUX', String(port));
  const { caFile, tokenFile } = {
    caFile: fileURLToPath(fixture('ca.pem')),
    tokenFile: join(folder, 'token'),
  };
  expect((await credentialsOf({ kind: 'workload-identity', caFile, tokenFile })()).keyId).toBe(
    'ST$a.b.c',
  );
});
