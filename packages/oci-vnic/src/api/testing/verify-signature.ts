import { createHash, type KeyObject, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const always = ['x-date', '(request-target)', 'host'];
const withBody = [...always, 'content-type', 'content-length', 'x-content-sha256'];

/**
 * Why a request is refused, by the rules for signed requests alone; undefined if it is signed as it must be.
 * Independent of how the client signs: node:crypto over the lines that the rules name.
 */
export function signatureFault(
  request: IncomingMessage,
  body: string,
  key: KeyObject,
  now: Date,
): string | undefined {
  const fields = fieldsOf(request);
  if (!request.headers.authorization?.startsWith('Signature ')) return 'no Signature';
  if (fields['version'] !== '1') return `version ${fields['version']}`;
  if (fields['algorithm'] !== 'rsa-sha256') return `algorithm ${fields['algorithm']}`;
  const signed = (fields['headers'] ?? '').toLowerCase().split(' ');
  const needed: readonly string[] = ['POST', 'PUT'].includes(request.method ?? '')
    ? withBody
    : always;
  const missing = needed.filter((name) => !signed.includes(name));
  if (missing.length > 0) return `not signed: ${missing}`;
  const date = Date.parse(String(request.headers['x-date']));
  if (!(Math.abs(date - now.getTime()) <= 5 * 60_000)) return 'the date is more than 5 minutes off';
  if (needed === withBody) {
    const digest = createHash('sha256').update(body).digest('base64');
    if (request.headers['x-content-sha256'] !== digest) return 'another body';
    if (request.headers['content-length'] !== String(Buffer.byteLength(body))) return 'length';
  }
  return verifies(request, key) ? undefined : 'the signature does not verify';
}

/** Whether the signature holds for the headers that it names. */
export function verifies(request: IncomingMessage, key: KeyObject): boolean {
  const fields = fieldsOf(request);
  const lines = (fields['headers'] ?? '')
    .toLowerCase()
    .split(' ')
    .map((name) =>
      name === '(request-target)'
        ? `${name}: ${request.method?.toLowerCase()} ${request.url}`
        : `${name}: ${request.headers[name]}`,
    );
  const signature = Buffer.from(fields['signature'] ?? '', 'base64');
  return verify('RSA-SHA256', Buffer.from(lines.join('\n')), key, signature);
}

/** `keyId`, `headers`, `signature` and the others of the Authorization header. */
export function fieldsOf(request: IncomingMessage): Partial<Record<string, string>> {
  const header = request.headers.authorization ?? '';
  return Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]),
  );
}
