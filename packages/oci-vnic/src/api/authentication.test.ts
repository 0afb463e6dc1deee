import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { credentialsOf } from './authentication.ts';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oci-'));
  file = join(folder, 'config');
  writeFileSync(join(folder, 'key.pem'), pem);
  writeFileSync(join(folder, 'token'), 'a.b.c');
  const common = [
    ...['fingerprint=20:3b', `key_file=${join(folder, 'key.pem')}`],
    ...['tenancy=ocid1.tenancy.oc1..t', 'region=eu-frankfurt-1'],
  ];
  writeFileSync(
    file,
    [
      ...['[DEFAULT]', 'user=ocid1.user.oc1..u', ...common],
      ...['[LAPTOP]', `security_token_file=${join(folder, 'token')}`, ...common],
    ].join('\n'),
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('config file: tenancy, user and fingerprint name the key', async () => {
  expect(await credentialsOf({ kind: 'config-file', file })()).toEqual({
    ...{ keyId: 'ocid1.tenancy.oc1..t/ocid1.user.oc1..u/20:3b', privateKey: pem },
  });
});

test('session token: the file is read anew', async () => {
  const source = credentialsOf({ kind: 'session-token', file, profile: 'LAPTOP' });
  expect((await source()).keyId).toBe('ST$a.b.c');
  writeFileSync(join(folder, 'token'), 'd.e.f');
  expect((await source()).keyId).toBe('ST$d.e.f');
});

test('resource principal: by the environment, files read anew', async () => {
  vi.stubEnv('OCI_RESOURCE_PRINCIPAL_VERSION', '2.2');
  vi.stubEnv('OCI_RESOURCE_PRINCIPAL_RPST', join(folder, 'token'));
  vi.stubEnv('OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM', join(folder, 'key.pem'));
  vi.stubEnv('OCI_RESOURCE_PRINCIPAL_REGION', 'eu-frankfurt-1');
  const claims = (exp: number) => Buffer.from(JSON.stringify({ exp })).toString('base64url');
  const head = Buffer.from('{"alg":"RS256"}').toString('base64url');
  const first = `${head}.${claims(4e9)}.x`;
  writeFileSync(join(folder, 'token'), first);
  const source = credentialsOf({ kind: 'resource-principal' });
  const { keyId, privateKey } = await source();
  expect(keyId).toBe(`ST$${first}`);
  expect(createPrivateKey(privateKey).equals(createPrivateKey(pem))).toBe(true);
  const second = `${head}.${claims(4e9 + 1)}.x`;
  writeFileSync(join(folder, 'token'), second);
  expect((await source()).keyId).toBe(`ST$${second}`);
});

test('what is missing is said', async () => {
  await expect(
    credentialsOf({ kind: 'config-file', file: join(folder, 'no') })(),
  ).rejects.toThrow();
  vi.stubEnv('OCI_RESOURCE_PRINCIPAL_VERSION', '');
  await expect(credentialsOf({ kind: 'resource-principal' })()).rejects.toThrow(
    'OCI_RESOURCE_PRINCIPAL_VERSION',
  );
});
