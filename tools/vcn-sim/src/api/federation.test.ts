import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { signed } from '../../test/caller.ts';
import { type Cloud, createCloud } from '../cloud/cloud.ts';
import type { User } from '../identity/identity.ts';
import { layOut, subnetPlans } from '../node/lay-out.ts';
import { createFederation } from './federation.ts';
import { createService } from './service.ts';

const now = Date.UTC(2026, 5, 1);
const minute = 60_000;
const session = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sessionKey = `${session.privateKey.export({ type: 'pkcs8', format: 'pem' })}`;

function launch() {
  const cloud = createCloud();
  const { subnets } = layOut(cloud, subnetPlans);
  const createVnicDetails = { subnetId: subnets['nodes']!.id };
  const instance = cloud.world.instances.get(cloud.launchInstance({ createVnicDetails }).id)!;
  return { cloud, instance };
}
const { cloud, instance } = launch();
const given = cloud.identity.instances.certificates(instance);

/** Whoever signs: of a user, only key and key id are looked at. */
const signer = (keyId: string, privateKey: string): User => ({
  ...{ tenancyId: '', userId: '', fingerprint: '' },
  ...{ keyId, privateKey },
});
const base64 = (pem: string) => new X509Certificate(pem).raw.toString('base64');

/** Exchanges certificates as the official SDK does. */
async function exchange(
  { certificate, privateKey, intermediate } = given,
  to: Cloud = cloud,
  publicKey: unknown = session.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
) {
  const leaf = new X509Certificate(certificate);
  const body = {
    certificate: base64(certificate),
    intermediateCertificates: [base64(intermediate)],
    publicKey,
    purpose: 'DEFAULT',
  };
  const keyId = `${cloud.tenancyId}/fed-x509/${leaf.fingerprint.toLowerCase()}`;
  const user = signer(keyId, privateKey);
  const outcome = await createFederation(
    to,
    () => now,
  )(signed(user, now, 'POST', '/v1/x509', body));
  return outcome === 'break' ? { status: 0, body: {} } : outcome;
}

async function tokenOf(): Promise<string> {
  return ((await exchange()).body as { token: string }).token;
}

async function ask(keyId: string, at = now, privateKey = sessionKey) {
  const user = signer(keyId, privateKey);
  const target = `/20160918/instances/${instance.id}`;
  const outcome = await createService(cloud, () => at)(signed(user, at, 'GET', target));
  return outcome === 'break' ? { status: 0 } : outcome;
}

const refused = (why: RegExp) => ({
  status: 401,
  body: { code: 'NotAuthenticated', message: expect.stringMatching(why) },
});

test('a certificate of the metadata service gives a token of its instance', async () => {
  const claims = JSON.parse(Buffer.from((await tokenOf()).split('.')[1]!, 'base64url').toString());
  expect(claims).toMatchObject({
    sub: instance.id,
    'opc-tenant': cloud.tenancyId,
    iat: now / 1000,
    exp: now / 1000 + 20 * 60,
  });
  expect(JSON.parse(claims.jwk)).toEqual(session.publicKey.export({ format: 'jwk' }));
});

test('the token lets the session key in, until it expires', async () => {
  const keyId = `ST$${await tokenOf()}`;
  expect(await ask(keyId)).toMatchObject({ status: 200, body: { id: instance.id } });
  expect(await ask(keyId, now + 20 * minute - 1)).toMatchObject({ status: 200 });
  expect(await ask(keyId, now + 20 * minute)).toMatchObject(refused(/token has expired/));
});

test('a token does not do for another key, nor one that was changed', async () => {
  const token = await tokenOf();
  const [head, , signature] = token.split('.');
  const longer = Buffer.from(JSON.stringify({ sub: instance.id, exp: 4e9 })).toString('base64url');
  expect(await ask(`ST$${token}`, now, given.privateKey)).toMatchObject(refused(/does not fit/));
  for (const forged of [`${head}.${longer}.${signature}`, 'no token', '']) {
    expect(await ask(`ST$${forged}`)).toMatchObject(refused(/not of this identity service/));
  }
});

test('who holds the certificate without its key is refused', async () => {
  const outcome = await exchange({ ...given, privateKey: sessionKey });
  expect(outcome).toMatchObject(refused(/does not fit/));
});

test('an authority of somebody else is refused, whichever chain it comes with', async () => {
  const foreign = cloud.identity.instances.certificates(instance);
  const other = createCloud();
  const stranger = other.identity.instances.certificates(instance);
  for (const intermediate of [stranger.intermediate, foreign.intermediate]) {
    expect(await exchange({ ...stranger, intermediate })).toMatchObject(refused(/no chain/));
  }
});

test('an instance that is gone is refused', async () => {
  const gone = launch();
  const certificates = gone.cloud.identity.instances.certificates(gone.instance);
  gone.cloud.terminateInstance(gone.instance.id);
  expect(await exchange(certificates, gone.cloud)).toMatchObject(refused(/does not run/));
});

test('what cannot be read is named', async () => {
  for (const publicKey of ['AAAA', undefined, 7]) {
    expect(await exchange(given, cloud, publicKey ?? null)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^publicKey is no public key/) },
    });
  }
});

test('faults are injected by name, and leave the profile to other calls', async () => {
  cloud.setProfile('flaky');
  for (let n = 0; n < 40; n++) expect((await exchange()).status).toBe(200);
  cloud.setProfile('fast');
  cloud.faults.inject({ operation: 'GetSecurityToken', effect: { kind: 'away' }, times: 1 });
  expect((await exchange()).status).toBe(0);
  expect((await exchange()).status).toBe(200);
});

test('all tokens of an instance share its rate', async () => {
  cloud.setProfile('throttled');
  const users = [
    signer(`ST$${await tokenOf()}`, sessionKey),
    signer(`ST$${await tokenOf()}`, sessionKey),
  ];
  const service = createService(cloud, () => now);
  const target = `/20160918/instances/${instance.id}`;
  const { burst } = cloud.world.profile.rate!.read;
  const calls = Array.from({ length: burst + 1 }, (_, n) =>
    service(signed(users[n % 2]!, now, 'GET', target)),
  );
  const outcomes = await Promise.all(calls);
  expect(outcomes.filter((outcome) => outcome !== 'break' && outcome.status === 429)).toHaveLength(
    1,
  );
});
