import { createHash, type KeyObject, verify } from 'node:crypto';
import { ApiError } from '../cloud/api-error.ts';
import type { ApiRequest } from './message.ts';

const skewMs = 5 * 60_000;

/**
 * Checks the signature of a request (OCI "Request Signatures": RSA-SHA256 over the headers that the
 * Authorization header lists) and answers its key id. Throws ApiError 401 NotAuthenticated.
 */
export function checkSignature(
  request: ApiRequest,
  findKey: (keyId: string) => KeyObject | undefined,
  now: number,
): string {
  const fields = readAuthorization(request.headers['authorization']);
  const { keyId = '', algorithm, signature = '' } = fields;
  const names = (fields['headers'] ?? 'date').toLowerCase().split(' ');
  if (fields['version'] !== undefined && fields['version'] !== '1')
    throw refuse('the version is not 1');
  if (algorithm !== 'rsa-sha256') throw refuse('the algorithm is not rsa-sha256');
  const key = findKey(keyId);
  if (!key) throw refuse('the key is not known');
  checkNames(request, names);
  checkDate(request, names, now);
  const text = names.map((name) => `${name}: ${signedValue(request, name)}`).join('\n');
  if (!verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'))) {
    throw refuse('the signature does not fit');
  }
  checkBody(request, names);
  return keyId;
}

function readAuthorization(text = ''): Record<string, string> {
  if (!/^Signature /i.test(text))
    throw refuse('there is no Authorization header of type Signature');
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
}

function checkNames(request: ApiRequest, names: string[]): void {
  const wanted = ['(request-target)', 'host'];
  if (hasBody(request)) wanted.push('content-type', 'content-length', 'x-content-sha256');
  const missing = wanted.find((name) => !names.includes(name));
  if (missing) throw refuse(`${missing} is not signed`);
  if (!names.includes('date') && !names.includes('x-date')) throw refuse('no date is signed');
}

function checkDate({ headers }: ApiRequest, names: string[], now: number): void {
  const text = headers[names.includes('x-date') ? 'x-date' : 'date'] ?? '';
  const skew = Math.abs(now - Date.parse(text));
  if (!(skew <= skewMs))
    throw refuse(`the date ${JSON.stringify(text)} is more than 5 minutes off`);
}

function checkBody(request: ApiRequest, names: string[]): void {
  if (!names.includes('x-content-sha256')) return;
  const digest = createHash('sha256').update(request.body).digest('base64');
  if (request.headers['x-content-sha256'] !== digest)
    throw refuse('the body is not the one signed');
}

function signedValue(request: ApiRequest, name: string): string {
  if (name === '(request-target)') return `${request.method.toLowerCase()} ${request.target}`;
  const value = request.headers[name];
  if (value === undefined) throw refuse(`the signed header ${name} is missing`);
  return value;
}

const hasBody = ({ method }: ApiRequest) => ['POST', 'PUT', 'PATCH'].includes(method);

/** The service gives every cause the same text; this one says more, for whoever debugs a client. */
const refuse = (why: string): ApiError =>
  new ApiError(
    401,
    'NotAuthenticated',
    `The required information to complete authentication was not provided or was incorrect: ${why}.`,
  );
