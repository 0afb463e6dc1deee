import { generateKeyPairSync } from 'node:crypto';
import { createClient, createSigner, type OciClient } from '@vcn-cni/oci-vnic/api';
import { type Cloud, startCloudServer } from '@vcn-cni/vcn-sim';

/** The API as somebody uses it who is no node: with a key of a user. */
export async function startOperator(
  cloud: Cloud,
): Promise<{ client: OciClient } & AsyncDisposable> {
  const server = await startCloudServer({ cloud });
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keyId = cloud.identity.register(`${cloud.tenancyId}/operator`, publicKey);
  const signer = createSigner(async () => ({ keyId, privateKey }));
  return {
    client: createClient({ endpoint: server.endpoint })({ signer }),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
