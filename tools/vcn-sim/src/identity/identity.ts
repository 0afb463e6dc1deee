import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Caller } from './caller.ts';
import { createInstancePrincipals, type InstancePrincipals } from './instance-principals.ts';

/** Who may call the API. */
export interface Identity {
  /** Makes a user with an API key, as a configuration file holds it. */
  createUser(): User;
  /** Lets the holder of a key in. `publicKey` is PEM; answers its key id. */
  register(userId: string, publicKey: string): string;
  readonly instances: InstancePrincipals;
  /**
   * Who signs with a key id: `tenancy/user/fingerprint`, or `ST$` and a token. Throws ApiError 401 where a token is
   * not to be believed as of `now` (ms since 1970).
   */
  find(keyId: string, now: number): Caller | undefined;
}

export interface User {
  tenancyId: string;
  userId: string;
  /** MD5 of the public key, in colons. */
  fingerprint: string;
  /** PEM, PKCS #8. */
  privateKey: string;
  /** What the signature names: `tenancy/user/fingerprint`. */
  keyId: string;
}

const tokenPrefix = 'ST$';

export function createIdentity(tenancyId: string): Identity {
  const keys = new Map<string, KeyObject>();
  const instances = createInstancePrincipals(tenancyId);

  function add(userId: string, key: KeyObject): { keyId: string; fingerprint: string } {
    const der = key.export({ type: 'spki', format: 'der' });
    const digest = createHash('md5').update(der).digest('hex');
    const fingerprint = digest.match(/../g)!.join(':');
    const keyId = `${tenancyId}/${userId}/${fingerprint}`;
    keys.set(keyId, key);
    return { keyId, fingerprint };
  }

  return {
    createUser() {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const userId = `ocid1.user.oc1..aaaasimulateduser${keys.size + 1}`;
      return {
        tenancyId,
        userId,
        ...add(userId, publicKey),
        privateKey: `${privateKey.export({ type: 'pkcs8', format: 'pem' })}`,
      };
    },
    register: (userId, publicKey) => add(userId, createPublicKey(publicKey)).keyId,
    instances,
    find(keyId, now) {
      if (keyId.startsWith(tokenPrefix)) {
        return instances.readToken(keyId.slice(tokenPrefix.length), now);
      }
      const key = keys.get(keyId);
      return key && { id: keyId, key };
    },
  };
}
