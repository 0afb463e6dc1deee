import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { credentialsOf } from './authentication.ts';
import { fieldsOf, verifies } from './testing/verify-signature.ts';

const pem = (name: string): string =>
  readFileSync(new URL(`../../fixtures/api/${name}`, import.meta.url), 'utf8');
const certificate = new X509Certificate(pem('instance.pem'));
/** As the SDK writes it. */
const fingerprint = certificate.fingerprint.toLowerCase();
let server: Server;
let url: string;
let exchanges: { keyId: string | undefined; isSigned: boolean; body: Record<string, string> }[];

beforeEach(async () => {
  exchanges = [];
  const files: Record<string, string> = {
    '/opc/v2/identity/cert.pem': pem('instance.pem'),
    '/opc/v2/identity/key.pem': pem('instance-key.pem'),
    '/opc/v2/identity/intermediate.pem': pem('ca.pem'),
  };
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const file = files[request.url ?? ''];
    if (file !== undefined && request.headers.authorization === 'Bearer Oracle') {
      return response.end(file);
    }
    if (request.url !== '/v1/x509') return response.writeHead(404).end();
    const isSigned = verifies(request, certificate.publicKey);
    exchanges.push({ keyId: fieldsOf(request)['keyId'], isSigned, body: JSON.parse(body) });
    const exp = 4e9 + exchanges.length;
    const claims = Buffer.from(JSON.stringify({ exp })).toString('base64url');
    const head = Buffer.from('{"alg":"RS256"}').toString('base64url');
    response.end(JSON.stringify({ token: `${head}.${claims}.x` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

test('the certificates of the metadata service are exchanged for a token, each time of another key', async () => {
  const source = credentialsOf({
    ...{ kind: 'instance-principal', metadataBaseUrl: `${url}/opc/v2`, federationEndpoint: url },
  });
  const [first, second] = [await source(), await source()];
  expect(first.keyId).toMatch(/^ST\$.+\..+\.x$/);
  expect(second.keyId).not.toBe(first.keyId);
  expect(second.privateKey).not.toBe(first.privateKey);
  expect(exchanges).toHaveLength(2);
  for (const [at, { privateKey }] of [first, second].entries()) {
    const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    expect(exchanges[at]).toMatchObject({
      keyId: `ocid1.tenancy.oc1..tenant/fed-x509/${fingerprint}`,
      isSigned: true,
      body: {
        certificate: certificate.raw.toString('base64'),
        publicKey: publicKey.toString('base64'),
      },
    });
  }
});
