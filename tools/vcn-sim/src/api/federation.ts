import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { invalidParameter, notAuthenticated } from '../cloud/api-error.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { conclude, type Outcome, refuseBy } from './conclude.ts';
import { type Fields, parseBody } from './fields.ts';
import type { ApiAnswer, ApiRequest } from './message.ts';
import { checkSignature } from './signature.ts';

/** Where instances exchange their certificates for tokens. */
export const federationPath = '/v1/x509';

/** By this name calls are counted, and faults are injected. */
export const federationOperation = 'GetSecurityToken';

/**
 * The part of the identity service that instance principals need: `POST /v1/x509`, signed with the key of the
 * certificate that it carries. It fails by injected faults only: what is seen of OCI says nothing about it.
 */
export function createFederation(
  cloud: Cloud,
  signedAt: () => number = Date.now,
): (request: ApiRequest) => Promise<Outcome> {
  return (request) =>
    conclude(cloud.calls, request, async (tell) => {
      tell(federationOperation);
      const effect = cloud.faults.injected(federationOperation);
      if (effect?.kind === 'away') return 'break';
      if (effect?.kind === 'delay') {
        await new Promise<void>((done) => cloud.clock.after(effect.ms, done));
      }
      refuseBy(effect);
      const answer = exchange(cloud, request, signedAt());
      return effect?.kind === 'lost' ? 'break' : answer;
    });
}

function exchange({ identity, world }: Cloud, request: ApiRequest, now: number): ApiAnswer {
  const body = parseBody(request.body);
  const leaf = readCertificate('certificate', body.raw('certificate'));
  const intermediates = [body.raw('intermediateCertificates') ?? []]
    .flat()
    .map((text, at) => readCertificate(`intermediateCertificates[${at}]`, text));
  const claimant = identity.instances.claimant(leaf, intermediates, now);
  const keyIds = [
    `${claimant.tenancyId}/fed-x509/${leaf.fingerprint}`,
    `${claimant.tenancyId}/fed-x509-sha256/${leaf.fingerprint256}`,
  ].map((keyId) => keyId.toLowerCase());
  const find = (keyId: string) =>
    keyIds.includes(keyId.toLowerCase())
      ? { id: claimant.instanceId, key: leaf.publicKey }
      : undefined;
  checkSignature(request, find, now);
  if (world.instances.get(claimant.instanceId)?.lifecycle !== 'RUNNING') {
    throw notAuthenticated(`the instance ${claimant.instanceId} does not run`);
  }
  const token = identity.instances.issueToken(claimant, readPublicKey(body), now);
  return { status: 200, headers: {}, body: { token } };
}

function readCertificate(field: string, text: unknown): X509Certificate {
  const der = base64(text);
  try {
    if (der) return new X509Certificate(der);
  } catch {
    // Said below.
  }
  throw invalidParameter(`${field} is no certificate: base64 without its lines of PEM.`);
}

function readPublicKey(body: Fields): KeyObject {
  const der = base64(body.raw('publicKey'));
  try {
    if (der) return createPublicKey({ key: der, type: 'spki', format: 'der' });
  } catch {
    // Said below.
  }
  throw invalidParameter('publicKey is no public key: base64 without its lines of PEM.');
}

const base64 = (text: unknown): Buffer | undefined =>
  typeof text === 'string' ? Buffer.from(text, 'base64') : undefined;
