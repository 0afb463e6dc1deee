import { expect, test } from 'vitest';
import { signed } from '../../test/caller.ts';
import { createIdentity } from '../identity/identity.ts';
import type { ApiRequest } from './message.ts';
import { checkSignature } from './signature.ts';

const identity = createIdentity('ocid1.tenancy.oc1..t');
const user = identity.createUser();
const now = Date.UTC(2026, 5, 1);
const minute = 60_000;

const post = (at = now) => signed(user, at, 'POST', '/20160918/privateIps', { vnicId: 'v' });
const check = (request: ApiRequest) => checkSignature(request, identity.find, now);
const refusal = (why: RegExp) =>
  expect.objectContaining({
    status: 401,
    code: 'NotAuthenticated',
    message: expect.stringMatching(why),
  });

test('a signature that fits names its key', () => {
  expect(check(post())).toBe(user.keyId);
  expect(check(signed(user, now, 'GET', '/20160918/subnets/s?x=%2F'))).toBe(user.keyId);
});

test('five minutes off are allowed, more are not, in both directions', () => {
  expect(check(post(now - 5 * minute))).toBe(user.keyId);
  expect(check(post(now + 5 * minute))).toBe(user.keyId);
  expect(() => check(post(now - 6 * minute))).toThrow(refusal(/minutes off/));
  expect(() => check(post(now + 6 * minute))).toThrow(refusal(/minutes off/));
});

test.each<[string, (request: ApiRequest) => ApiRequest, RegExp]>([
  ['another target', (r) => ({ ...r, target: `${r.target}?x=1` }), /does not fit/],
  ['another method', (r) => ({ ...r, method: 'PUT' }), /does not fit/],
  ['another body', (r) => ({ ...r, body: Buffer.from('{}') }), /body is not the one signed/],
  ['another host', (r) => withHeader(r, 'host', 'elsewhere'), /does not fit/],
  ['no host', (r) => withHeader(r, 'host', undefined), /host is missing/],
  ['no Authorization', (r) => withHeader(r, 'authorization', undefined), /no Authorization/],
  ['an unknown key', (r) => changed(r, /keyId="[^"]+"/, 'keyId="a/b/c"'), /key is not known/],
  ['another algorithm', (r) => changed(r, /rsa-sha256/, 'hs2019'), /not rsa-sha256/],
  ['a body that is not signed', (r) => changed(r, / x-content-sha256/, ''), /is not signed/],
  ['no date signed', (r) => changed(r, /x-date /, ''), /no date/],
])('refused: %s', (_name, change, why) => {
  expect(() => check(change(post()))).toThrow(refusal(why));
});

test('a key of somebody else does not do', () => {
  const other = identity.createUser();
  const forged = changed(post(), /keyId="[^"]+"/, `keyId="${other.keyId}"`);
  expect(() => check(forged)).toThrow(refusal(/does not fit/));
});

function withHeader(request: ApiRequest, name: string, value: string | undefined): ApiRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function changed(request: ApiRequest, pattern: RegExp, text: string): ApiRequest {
  const before = request.headers['authorization']!;
  return withHeader(request, 'authorization', before.replace(pattern, text));
}
