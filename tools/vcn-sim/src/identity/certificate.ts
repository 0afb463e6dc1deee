import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import {
  bitString,
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
  yes,
} from './der.ts';

/** A distinguished name, one attribute after the other. */
export type Name = readonly (readonly [attribute: keyof typeof attributes, value: string])[];

export interface CertificateAsk {
  subject: Name;
  publicKey: KeyObject;
  issuer: Name;
  /** Of the issuer, on the curve P-256. */
  issuerKey: KeyObject;
  /** Whether it may issue others. */
  isAuthority?: boolean;
}

const attributes = {
  commonName: '2.5.4.3',
  organizationalUnit: '2.5.4.11',
} as const;

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const version3 = context(0, integer(Buffer.from([2])));
const basicConstraints = objectIdentifier('2.5.29.19');

/** Simulated time may be any of these years. */
const validity = sequence(utcTime('000101000000Z'), utcTime('491231235959Z'));

/** A certificate of X.509 version 3 (RFC 5280, 4.1). */
export function issueCertificate(ask: CertificateAsk): X509Certificate {
  const constraints = sequence(...(ask.isAuthority ? [yes] : []));
  const content = sequence(
    version3,
    integer(randomBytes(16)),
    ecdsaWithSha256,
    nameOf(ask.issuer),
    validity,
    nameOf(ask.subject),
    ask.publicKey.export({ type: 'spki', format: 'der' }),
    context(3, sequence(sequence(basicConstraints, yes, octetString(constraints)))),
  );
  const signature = sign('sha256', content, ask.issuerKey);
  return new X509Certificate(sequence(content, ecdsaWithSha256, bitString(signature)));
}

const nameOf = (name: Name): Buffer =>
  sequence(
    ...name.map(([attribute, value]) =>
      set(sequence(objectIdentifier(attributes[attribute]), utf8String(value))),
    ),
  );
