import { createHash, verify } from 'node:crypto';
import { notAuthenticated } from '../cloud/api-error.ts';
import type { Caller } from '../identity/caller.ts';
import type { ApiRequest } from './message.ts';

const skewMs = 5 * 60_000;

/**
 * Checks the signature of a request (OCI "Request Signatures": RSA-SHA256 over the headers that the
 * Authorization header lists) and answers whose it is. Throws ApiError 401 NotAuthenticated.
 */
export function checkSignature(
  request: ApiRequest,
  find: (keyId: string, now: number) => Caller | undefined,
  now: number,
): string {
  const fields = readAuthorization(request.headers['authorization']);
  const { keyId = '', algorithm, signature = '' } = fields;
  const names = (fields['headers'] ?? 'date').toLowerCase().split(' ');
  if (fields['version'] !== undefined && fields['version'] !== '1')
    throw notAuthenticated('the version is not 1');
  if (algorithm !== 'rsa-sha256') throw notAuthenticated('the algorithm is not rsa-sha256');
  const caller = find(keyId, now);
  if (!caller) throw notAuthenticated('the key is not known');
  checkNames(request, names);
  checkDate(request, names, now);
  const text = names.map((name) => `${name}: ${signedValue(request, name)}`).join('\n');
  if (!verify('sha256', Buffer.from(text), caller.key, Buffer.from(signature, 'base64'))) {
    throw notAuthenticated('the signature does not fit');
  }
  checkBody(request, names);
  return caller.id;
}

function readAuthorization(text = ''): Record<string, string> {
  if (!/^Signature /i.test(text))
    throw notAuthenticated('there is no Authorization header of type Signature');
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
}

function checkNames(request: ApiRequest, names: string[]): void {
  const wanted = ['(request-target)', 'host'];
  if (hasBody(request)) wanted.push('content-type', 'content-length', 'x-content-sha256');
  const missing = wanted.find((name) => !names.includes(name));
  if (missing) throw notAuthenticated(`${missing} is not signed`);
  if (!names.includes('date') && !names.includes('x-date'))
    throw notAuthenticated('no date is signed');
}

function checkDate({ headers }: ApiRequest, names: string[], now: number): void {
  const text = headers[names.includes('x-date') ? 'x-date' : 'date'] ?? '';
  const skew = Math.abs(now - Date.parse(text));
  if (!(skew <= skewMs))
    throw notAuthenticated(`the date ${JSON.stringify(text)} is more than 5 minutes off`);
}

function checkBody(request: ApiRequest, names: string[]): void {
  if (!names.includes('x-content-sha256')) return;
  const digest = createHash('sha256').update(request.body).digest('base64');
  if (request.headers['x-content-sha256'] !== digest)
    throw notAuthenticated('the body is not the one signed');
}

function signedValue(request: ApiRequest, name: string): string {
  if (name === '(request-target)') return `${request.method.toLowerCase()} ${request.target}`;
  const value = request.headers[name];
  if (value === undefined) throw notAuthenticated(`the signed header ${name} is missing`);
  return value;
}

const hasBody = ({ method }: ApiRequest) => ['POST', 'PUT', 'PATCH'].includes(method);
