import type { WaitCause } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { describeWaits } from './describe-waits.ts';

// By its type this names each cause of the planner, and the host's and the file's own.
const causes = Object.keys({
  'subnet-updating': true,
  'subnet-unavailable': true,
  'subnet-full': true,
  'vnic-attaching': true,
  'vnic-detaching': true,
  'address-provisioning': true,
  'addresses-in-use': true,
  'foreign-addresses': true,
  'instance-full': true,
  'records-begun': true,
  'answer-unknown': true,
  throttled: true,
  'api-unavailable': true,
  'not-authenticated': true,
  'not-authorized-or-not-found': true,
  'limit-reached': true,
  'state-conflict': true,
  refused: true,
  'link-missing': true,
  'npn-empty': true,
  'npn-unusable': true,
} satisfies Record<WaitCause | 'link-missing' | 'npn-empty' | 'npn-unusable', true>);

const about = (more: object = {}) => ({
  ...{ cause: 'subnet-updating', subject: 'ocid1.subnet.x', since: 10_000 },
  ...more,
});
const textOf = (more: object, waiting = 0): string =>
  describeWaits([about(more)], 22_400, waiting)[0]!.text;

test('the words that the issue of a waiting pod is told in', () => {
  expect(textOf({}, 3)).toBe('subnet ocid1.subnet.x is UPDATING, 12 s; 3 pods waiting');
  expect(textOf({}, 1)).toContain('; 1 pod waiting');
});

test.each(causes)('%s has words of its own', (cause) => {
  const text = textOf({ cause, subject: 'SUBJECT' });
  expect(text).not.toContain(cause.includes('-') ? cause : 'SUBJECT: ');
  expect(text).toMatch(/ .* 12 s$/);
});

test('a cause that is not known is named as it is', () => {
  expect(textOf({ cause: 'eacces', subject: '/var/lib/x' })).toBe('/var/lib/x: eacces, 12 s');
});

test('when it is tried again and what was said is told; times never run backwards', () => {
  const [wait] = describeWaits(
    [about({ cause: 'throttled', subject: 'AttachVnic', until: 25_400, detail: '429' })],
    22_400,
    0,
  );
  expect(wait).toMatchObject({ forMs: 12_400, againInMs: 3_000, detail: '429' });
  expect(wait!.text).toBe('AttachVnic was called too often, 12 s, again in 3 s (429)');
  const [late] = describeWaits([about({ since: 30_000, until: 1 })], 22_400, 0);
  expect(late).toMatchObject({ forMs: 0, againInMs: 0 });
});
