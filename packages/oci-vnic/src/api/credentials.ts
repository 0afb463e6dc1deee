/** What requests are signed with. */
export interface Credentials {
  /** `<tenancy>/<user>/<fingerprint>`, or `ST$` and a token. */
  keyId: string;
  /** PEM. */
  privateKey: string;
  /** Of the private key. */
  passphrase?: string;
}

/** Gets credentials, new ones at each call where they end with time. */
export type CredentialSource = () => Promise<Credentials>;

/** The share of its life after which a token is renewed, so that a renewal may fail for as long again. */
const renewedAfter = 0.5;

/** When a token is to be renewed and when it ends, in milliseconds of the epoch; undefined if it does not end. */
export function lifeOf(
  keyId: string,
  now: number,
): { renewAt: number; endsAt: number } | undefined {
  if (!keyId.startsWith('ST$')) return undefined;
  const claims = claimsOf(keyId.slice(3));
  if (typeof claims.exp !== 'number') return undefined;
  const endsAt = claims.exp * 1000;
  const from = typeof claims.iat === 'number' ? claims.iat * 1000 : now;
  return { endsAt, renewAt: from + (endsAt - from) * renewedAfter };
}

/** Of a JSON web token (RFC 7519), unverified: it is ours, and only the service can check it. */
function claimsOf(token: string): { exp?: unknown; iat?: unknown } {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    );
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
