import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** A pair of keys for one token, PEM; in the shape that the SDK's suppliers have. */
export interface SessionKeys {
  getPublic(): string;
  getPrivate(): string;
}

/** On a thread of the pool, not on the main one. */
export async function generateSessionKeys(): Promise<SessionKeys> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { getPublic: () => publicKey, getPrivate: () => privateKey };
}
