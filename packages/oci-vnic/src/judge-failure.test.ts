import { expect, test } from 'vitest';
import { createHolds } from './holds.ts';
import { judgeFailure } from './judge-failure.ts';
import type { Change } from './plan-model.ts';

const assign: Change = {
  op: 'assign',
  vnicId: 'v',
  subnetId: 's',
  family: 'inet',
  cidrPrefixLength: 28,
};
const attach: Change = {
  op: 'attach',
  subnetId: 's',
  nsgIds: [],
  assignIpv6: false,
  skipSourceDestCheck: true,
};
const failure = (status: number, code: string, facts: object = {}): Error =>
  Object.assign(new Error(`${status} ${code}`), {
    status,
    code,
    operation: 'CreatePrivateIp',
    ...facts,
  });

test.each([
  [429, 'TooManyRequests', 'throttled', 'api', false],
  [0, 'NoAnswer', 'api-unavailable', 'api', true],
  [503, 'ServiceUnavailable', 'api-unavailable', 'api', true],
  [401, 'NotAuthenticated', 'not-authenticated', 'api', false],
  [400, 'LimitExceeded', 'limit-reached', 'block inet v', false],
  [400, 'QuotaExceeded', 'limit-reached', 'block inet v', false],
  [404, 'NotAuthorizedOrNotFound', 'not-authorized-or-not-found', 'CreatePrivateIp', false],
  [
    400,
    'RelatedResourceNotAuthorizedOrNotFound',
    'not-authorized-or-not-found',
    'CreatePrivateIp',
    false,
  ],
  [409, 'IncorrectState', 'state-conflict', 'block inet v', false],
  [409, 'InvalidatedRetryToken', 'state-conflict', 'block inet v', false],
  [400, 'InvalidParameter', 'refused', 'block inet v', false],
])('%d %s: %s, and %s is left alone', (status, code, cause, subject, inDoubt) => {
  expect(judgeFailure(failure(status, code), assign)).toMatchObject({ cause, subject, inDoubt });
});

test('what the client says of doubt counts more than the status', () => {
  expect(judgeFailure(failure(429, 'TooManyRequests', { inDoubt: true }), assign).inDoubt).toBe(
    true,
  );
  expect(judgeFailure(failure(0, 'NotSigned', { inDoubt: false }), assign).inDoubt).toBe(false);
});

test('an error of another kind is a call without an answer', () => {
  expect(judgeFailure(new Error('broken'), attach)).toMatchObject({
    cause: 'api-unavailable',
    inDoubt: true,
  });
});

test('a hold doubles with each failure in a row, keeps its beginning, and starts anew after a success', () => {
  let now = 0;
  const holds = createHolds(
    () => now,
    () => 1,
  );
  const until = (): number | undefined => holds.active()[0]?.until;
  holds.add(failure(409, 'IncorrectState'), assign);
  expect(until()).toBe(2_000);
  now = 2_000;
  holds.add(failure(409, 'IncorrectState'), assign);
  expect(until()).toBe(6_000);
  expect(holds.active()[0]).toMatchObject({
    since: 0,
    subject: 'block inet v',
    detail: '409 IncorrectState',
  });
  expect(holds.closedUntil()).toBeUndefined();
  now = 6_000;
  holds.clear(assign);
  holds.add(failure(409, 'IncorrectState'), assign);
  expect(holds.active()[0]).toMatchObject({ since: 6_000, until: 8_000 });
});

test('a throttled call closes the API for everything', () => {
  const holds = createHolds(
    () => 10,
    () => 1,
  );
  holds.add(failure(429, 'TooManyRequests'), assign);
  expect(holds.closedUntil()).toBe(1_010);
});
