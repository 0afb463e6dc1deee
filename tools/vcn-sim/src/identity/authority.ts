import { generateKeyPairSync, type X509Certificate } from 'node:crypto';
import { issueCertificate, type Name } from './certificate.ts';

/** Who says which instance is which, by certificates. */
export interface Authority {
  /** In the name of the intermediate authority. */
  issue(subject: Name, publicKey: CertificateKey): X509Certificate;
  readonly intermediate: X509Certificate;
  /** Whether a chain leads from a certificate to this authority, as of `now` (ms since 1970). */
  trusts(leaf: X509Certificate, intermediates: readonly X509Certificate[], now: number): boolean;
}

type CertificateKey = Parameters<typeof issueCertificate>[0]['publicKey'];

/** One root that nobody is shown, and one intermediate authority below it, as OCI has them. */
export function createAuthority(): Authority {
  const root: Name = [['commonName', 'vcn-sim root']];
  const middle: Name = [['commonName', 'vcn-sim instances']];
  const rootKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const intermediate = issueCertificate({
    subject: middle,
    publicKey: keys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
    isAuthority: true,
  });
  return {
    intermediate,
    issue: (subject, publicKey) =>
      issueCertificate({ subject, publicKey, issuer: middle, issuerKey: keys.privateKey }),
    trusts: (leaf, intermediates, now) =>
      isValid(leaf, now) &&
      intermediates.some(
        (one) =>
          one.ca &&
          isValid(one, now) &&
          one.verify(rootKeys.publicKey) &&
          leaf.checkIssued(one) &&
          leaf.verify(one.publicKey),
      ),
  };
}

const isValid = ({ validFromDate, validToDate }: X509Certificate, now: number): boolean =>
  validFromDate.getTime() <= now && now <= validToDate.getTime();
