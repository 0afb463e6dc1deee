import type { ObservedAttempt } from '@vcn-cni/oci-vnic/api';
import { expect, test } from 'vitest';
import { createOutage } from './outage.ts';

function create() {
  let time = 1_000;
  const outage = createOutage(() => time);
  return {
    outage,
    attempt(status: number, more: Partial<ObservedAttempt> = {}) {
      time += 1_000;
      outage.observe({ operation: 'GetVnic', attempt: 1, milliseconds: 1, ...more, status });
    },
  };
}

test('a call without an answer is told of while it is tried, since the first', () => {
  const { outage, attempt } = create();
  expect(outage.addTo([])).toEqual([]);
  attempt(0);
  attempt(503, { attempt: 2, code: 'ServiceUnavailable' });
  expect(outage.addTo([])).toEqual([
    {
      ...{ cause: 'api-unavailable', subject: 'GetVnic', since: 2_000 },
      detail: 'GetVnic: attempt 2: 503 ServiceUnavailable',
    },
  ]);
});

test.each([200, 404, 409])('an answer of %i ends it', (status) => {
  const { outage, attempt } = create();
  attempt(0);
  attempt(status);
  expect(outage.addTo([])).toEqual([]);
});

test('too many calls are another outage', () => {
  const { outage, attempt } = create();
  attempt(0);
  attempt(429, { code: 'TooManyRequests' });
  expect(outage.addTo([])).toMatchObject([{ cause: 'throttled', since: 3_000 }]);
});

test('a wait that tells of it keeps its words, and gets its beginning; others stay', () => {
  const { outage, attempt } = create();
  attempt(0);
  const [away, full] = [
    { cause: 'api-unavailable', subject: 'all', since: 60_000, until: 61_000, detail: 'gone' },
    { cause: 'instance-full', subject: 'x', since: 60_000 },
  ];
  expect(outage.addTo([full, away])).toEqual([full, { ...away, since: 2_000 }]);
  expect(outage.addTo([{ ...away, since: 5 }])).toMatchObject([{ since: 5 }]);
  expect(outage.addTo([full])).toMatchObject([{ cause: 'api-unavailable' }, full]);
});
