import { createHash, sign } from 'node:crypto';
import { type Cloud, passTime, type User } from '@vcn-cni/vcn-sim';
import type { Outcome } from '../src/api/conclude.ts';
import type { ApiRequest } from '../src/api/message.ts';
import { createService } from '../src/api/service.ts';

/** What a test looks at of an answer; status 0: the connection broke. */
export interface Answered {
  status: number;
  code?: string;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects.
  body: any;
}

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** Calls a cloud without sockets, one call at a time; its clock runs on while an answer is awaited. */
export function createAsker(cloud: Cloud): Ask {
  const service = createService(cloud, () => cloud.clock.now());
  const user = cloud.identity.createUser();
  return async (method, path, body, headers = {}) => {
    const request = signed(user, cloud.clock.now(), method, `/20160918${path}`, body, headers);
    return read(await passTime(cloud.clock, service(request)));
  };
}

/** A request with a signature that fits. */
export function signed(
  user: User,
  now: number,
  method: string,
  target: string,
  body?: unknown,
  extra: Record<string, string> = {},
): ApiRequest {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const headers: Record<string, string> = {
    host: 'sim',
    'x-date': new Date(now).toUTCString(),
    ...extra,
  };
  const names = ['x-date', '(request-target)', 'host'];
  if (method === 'POST' || method === 'PUT') {
    headers['content-type'] = 'application/json';
    headers['content-length'] = `${bytes.length}`;
    headers['x-content-sha256'] = createHash('sha256').update(bytes).digest('base64');
    names.push('content-type', 'content-length', 'x-content-sha256');
  }
  const line = (name: string) =>
    name === '(request-target)' ? `${method.toLowerCase()} ${target}` : headers[name];
  const text = names.map((name) => `${name}: ${line(name)}`).join('\n');
  const signature = sign('sha256', Buffer.from(text), user.privateKey).toString('base64');
  headers['authorization'] =
    `Signature version="1",keyId="${user.keyId}",algorithm="rsa-sha256",headers="${names.join(' ')}",signature="${signature}"`;
  return { method, target, headers, body: bytes };
}

function read(outcome: Outcome): Answered {
  if (outcome === 'break') return { status: 0, headers: {}, body: undefined };
  const { status, headers, body } = outcome;
  const code = (body as { code?: string } | undefined)?.code;
  return { status, headers, body, ...(code !== undefined && { code }) };
}
