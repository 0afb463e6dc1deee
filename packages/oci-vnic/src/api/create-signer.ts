import { type Clock, systemClock } from '../http/clock.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { type CredentialSource, lifeOf } from './credentials.ts';
import type { SignableRequest, Signer } from './signer.ts';

type Sign = (request: SignableRequest) => Promise<Record<string, string>>;

interface Held {
  sign: Sign;
  life?: { renewAt: number; endsAt: number };
}

/** The least time between two renewals while the token is still good, in milliseconds. */
const retryMs = 30_000;

export interface SignerDeps {
  /** Default: this machine's. */
  clock?: Pick<Clock, 'date'>;
  /** How long the source may take, in milliseconds; then it is asked anew. Default 30,000. */
  sourceMs?: number;
}

/**
 * Signs with what the source gives. Nothing is loaded or asked for before the first request. Tokens are renewed at
 * half of their life while requests go on under the old one; when it has ended, requests wait for the new one.
 */
export function createSigner(
  source: CredentialSource,
  { clock = systemClock, sourceMs = 30_000 }: SignerDeps = {},
): Signer {
  let held: Held | undefined;
  let renewal: Promise<Held> | undefined;

  const fetch = async (): Promise<Held> => {
    const credentials = await unlessAborted(source(), AbortSignal.timeout(sourceMs));
    const now = clock.date().getTime();
    const life = lifeOf(credentials.keyId, now);
    // A token of a file may be an old one, until somebody writes a new one.
    if (life) life.renewAt = Math.max(life.renewAt, now + retryMs);
    return { sign: await openSign(credentials), ...(life ? { life } : {}) };
  };
  const renew = (): Promise<Held> => {
    renewal ??= fetch()
      .then((fresh) => {
        held = fresh;
        return fresh;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  };

  return {
    async sign(request) {
      const now = clock.date().getTime();
      const { life } = held ?? {};
      if (held === undefined || (life && now >= life.endsAt)) return (await renew()).sign(request);
      if (life && now >= life.renewAt) {
        life.renewAt = now + retryMs;
        renew().catch(() => undefined);
      }
      return held.sign(request);
    },
    async refresh() {
      await renew();
    },
  };
}

/** The official SDK signs. Loading it takes 0.1 s and 9 MB, so it is loaded when first needed. */
async function openSign(credentials: {
  keyId: string;
  privateKey: string;
  passphrase?: string;
}): Promise<Sign> {
  const { DefaultRequestSigner } = await import('oci-common');
  const signer = new DefaultRequestSigner({
    getKeyId: async () => credentials.keyId,
    getPrivateKey: () => credentials.privateKey,
    getPassphrase: () => credentials.passphrase ?? null,
  });
  return async ({ method, url, headers, body }) => {
    const carried = new Headers(headers);
    await signer.signHttpRequest({ method, uri: url, headers: carried, body });
    return Object.fromEntries(carried);
  };
}
