import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import { notAuthenticated } from '../cloud/api-error.ts';
import type { Caller } from './caller.ts';

/** What a session token says of an instance. */
export interface Claimant {
  instanceId: string;
  compartmentId: string;
  tenancyId: string;
}

/** Tokens of the identity service (RFC 7519): a claimant, and the key that its requests are signed with. */
export interface SessionTokens {
  issue(claimant: Claimant, publicKey: KeyObject, now: number): string;
  /** Throws ApiError 401 where a token is not to be believed, or no longer. */
  read(token: string, now: number): Caller;
}

/** Oracle names no life of a token; this is what is seen. */
const lifeSeconds = 20 * 60;

export function createSessionTokens(): SessionTokens {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const dsaEncoding = 'ieee-p1363';
  return {
    issue(claimant, publicKey, now) {
      const iat = Math.floor(now / 1000);
      const claims = {
        sub: claimant.instanceId,
        iss: 'authService.oracle.com',
        aud: 'oci',
        ptype: 'instance',
        ttype: 'x509',
        'opc-instance': claimant.instanceId,
        'opc-compartment': claimant.compartmentId,
        'opc-tenant': claimant.tenancyId,
        tenant: claimant.tenancyId,
        jti: randomUUID(),
        iat,
        exp: iat + lifeSeconds,
        jwk: JSON.stringify(publicKey.export({ format: 'jwk' })),
      };
      const text = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(claims)}`;
      const signature = sign('sha256', Buffer.from(text), { key: keys.privateKey, dsaEncoding });
      return `${text}.${signature.toString('base64url')}`;
    },
    read(token, now) {
      const [head = '', body = '', signature = ''] = token.split('.');
      const fits = verify(
        'sha256',
        Buffer.from(`${head}.${body}`),
        { key: keys.publicKey, dsaEncoding },
        Buffer.from(signature, 'base64url'),
      );
      if (!fits) throw notAuthenticated('the token is not of this identity service');
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
      if (now >= claims.exp * 1000) throw notAuthenticated('the token has expired');
      const key = createPublicKey({ key: JSON.parse(claims.jwk), format: 'jwk' });
      return { id: claims.sub, key };
    },
  };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
