import type { User } from '@vcn-cni/vcn-sim';
import oci from 'oci-common';

export interface SignedOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  /** What is sent although something else was signed. */
  sentBody?: string;
}

/** A call signed by the official SDK's signer, without its client around it. */
export async function signedFetch(
  user: User,
  url: string,
  { method = 'GET', body, headers: extra = {}, sentBody }: SignedOptions = {},
): Promise<Response> {
  const signer = new oci.DefaultRequestSigner(
    new oci.SimpleAuthenticationDetailsProvider(
      user.tenancyId,
      user.userId,
      user.fingerprint,
      user.privateKey,
      null,
    ),
  );
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = new Headers({ 'content-type': 'application/json', ...extra });
  const request = { uri: url, method, headers, ...(text !== undefined && { body: text }) };
  await signer.signHttpRequest(request);
  headers.delete('host');
  headers.delete('content-length');
  return fetch(url, { method, headers, ...(text !== undefined && { body: sentBody ?? text }) });
}
