import { generateKeyPairSync, type KeyObject, type X509Certificate } from 'node:crypto';
import { notAuthenticated } from '../cloud/api-error.ts';
import type { Resource } from '../cloud/records.ts';
import { type Authority, createAuthority } from './authority.ts';
import type { Caller } from './caller.ts';
import type { Name } from './certificate.ts';
import { type Claimant, createSessionTokens, type SessionTokens } from './session-tokens.ts';

/** What the metadata service hands to an instance, PEM. */
export interface InstanceCertificates {
  certificate: string;
  /** PKCS #8. */
  privateKey: string;
  intermediate: string;
}

/** How instances prove who they are. */
export interface InstancePrincipals {
  /** The same at each call. */
  certificates(instance: Pick<Resource, 'id' | 'compartmentId'>): InstanceCertificates;
  /** Of whom a certificate speaks; throws ApiError 401 unless a chain leads to the simulated authority. */
  claimant(leaf: X509Certificate, intermediates: readonly X509Certificate[], now: number): Claimant;
  /** A token for requests that the holder of this key signs. */
  issueToken(claimant: Claimant, publicKey: KeyObject, now: number): string;
  /** Whose a token is; throws ApiError 401. */
  readToken(token: string, now: number): Caller;
}

export function createInstancePrincipals(tenancyId: string): InstancePrincipals {
  // Most clouds never need any of it.
  let authority: Authority | undefined;
  let tokens: SessionTokens | undefined;
  const authorityOf = () => (authority ??= createAuthority());
  const tokensOf = () => (tokens ??= createSessionTokens());
  const issued = new Map<string, InstanceCertificates>();

  function issue({ id, compartmentId }: Pick<Resource, 'id' | 'compartmentId'>) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const subject = subjectOf({ instanceId: id, compartmentId, tenancyId });
    const { issue, intermediate } = authorityOf();
    return {
      certificate: issue(subject, publicKey).toString(),
      privateKey: `${privateKey.export({ type: 'pkcs8', format: 'pem' })}`,
      intermediate: intermediate.toString(),
    };
  }

  return {
    certificates(instance) {
      const known = issued.get(instance.id) ?? issue(instance);
      issued.set(instance.id, known);
      return known;
    },
    claimant(leaf, intermediates, now) {
      if (!authorityOf().trusts(leaf, intermediates, now)) {
        throw notAuthenticated('no chain leads from the certificate to the authority of instances');
      }
      return readSubject(leaf.subject);
    },
    issueToken: (claimant, publicKey, now) => tokensOf().issue(claimant, publicKey, now),
    readToken: (token, now) => tokensOf().read(token, now),
  };
}

/** As OCI names its instances. */
function subjectOf({ instanceId, compartmentId, tenancyId }: Claimant): Name {
  return [
    ['commonName', instanceId],
    ['organizationalUnit', 'opc-certtype:instance'],
    ['organizationalUnit', `opc-compartment:${compartmentId}`],
    ['organizationalUnit', `opc-instance:${instanceId}`],
    ['organizationalUnit', `opc-tenant:${tenancyId}`],
  ];
}

function readSubject(subject: string): Claimant {
  const unit = (name: string) => new RegExp(`^OU=opc-${name}:(.+)$`, 'm').exec(subject)?.[1] ?? '';
  return {
    instanceId: unit('instance'),
    compartmentId: unit('compartment'),
    tenancyId: unit('tenant'),
  };
}
