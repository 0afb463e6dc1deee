import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { exchange } from '../http/exchange.ts';
import type { CredentialSource } from './credentials.ts';
import { generateSessionKeys } from './session-keys.ts';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where the cluster exchanges service accounts for tokens of OCI. */
export interface WorkloadIdentity {
  /** Default: `KUBERNETES_SERVICE_HOST` of the environment. */
  host?: string;
  /** Default: `KUBERNETES_SERVICE_PORT_PROXYMUX` of the environment, else 12250. */
  port?: number;
  /** Certificates of the cluster's authority, PEM. Default: the service account's. */
  caFile?: string;
  /** Default: the service account's. Read anew each time, for the cluster renews it. */
  tokenFile?: string;
}

/** How long the exchange may take, in milliseconds. */
const exchangeMs = 10_000;

/**
 * An own implementation of the exchange: it holds the server to the cluster's authority over node:https, makes keys
 * aside, reads the account's token anew, and has a deadline.
 */
export function workloadIdentity(options: WorkloadIdentity): CredentialSource {
  return async () => {
    const { caFile = `${account}/ca.crt`, tokenFile = `${account}/token` } = options;
    const [ca, token, keys] = await Promise.all([
      readFile(caFile, 'utf8').catch(unreadable('caFile', caFile)),
      readFile(tokenFile, 'utf8').catch(unreadable('tokenFile', tokenFile)),
      generateSessionKeys(),
    ]);
    const reply = await exchange({
      method: 'POST',
      url: `https://${authority(options)}/resourcePrincipalSessionTokens`,
      headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ podKey: bare(keys.getPublic()) }),
      ca: [...rootCertificates, ca],
      signal: AbortSignal.timeout(exchangeMs),
    });
    if (reply.status !== 200) {
      throw new Error(
        `workload identity: the cluster answered ${reply.status}; it must be an enhanced cluster, and the service account be bound to this pod`,
      );
    }
    return { keyId: readToken(reply.body), privateKey: keys.getPrivate() };
  };
}

function authority({ host, port }: WorkloadIdentity): string {
  const name = host ?? process.env['KUBERNETES_SERVICE_HOST'];
  if (!name) {
    throw new Error(
      'workload identity: KUBERNETES_SERVICE_HOST is not set; run in a pod, or set host',
    );
  }
  const number = port ?? process.env['KUBERNETES_SERVICE_PORT_PROXYMUX'] ?? 12250;
  return `${name.includes(':') ? `[${name}]` : name}:${number}`;
}

/** The answer is the base64 of `{"token": "ST$..."}`, in quotes or not. */
function readToken(body: string): string {
  const text = Buffer.from(body.trim().replace(/^"|"$/g, ''), 'base64').toString('utf8');
  let token: unknown;
  try {
    token = JSON.parse(text).token;
  } catch {
    token = undefined;
  }
  if (typeof token !== 'string' || token === '') {
    throw new Error('workload identity: the answer of the cluster holds no token');
  }
  return token.startsWith('ST$') ? token : `ST$${token}`;
}

/** A PEM block without its lines of dashes. */
const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

const unreadable = (field: string, path: string) => (error: Error) => {
  throw new Error(`workload identity: ${field} ${path} cannot be read: ${error.message}`);
};
