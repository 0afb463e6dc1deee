import type { AttachmentRecord } from '@vcn-cni/attachment';
import { expect, test } from 'vitest';
import { describeHistory } from './address-history.ts';
import { showHistory } from './present/history.ts';

const key = (containerId: string) => ({ network: 'pods', containerId, ifname: 'eth0' });
const times = { now: 100_000, today: Date.parse('2026-01-01T00:01:40Z') };
const place = {
  ...{ family: 'inet' as const, address: '10.0.65.4' },
  ...{ block: '10.0.65.0/28', vnic: 'ocid1.vnic.a' },
};
const past = [{ key: key('before'), leasedAt: 10_000, releasedAt: 20_000 }];

test('who has it, and who had it, by the time of the day', () => {
  const record = {
    ...{ key: key('now'), startedAt: 60_000_000_000n },
    detail: { spec: { pod: { namespace: 'default', name: 'web' } } },
  } as AttachmentRecord;
  const history = describeHistory({ ...place, state: 'leased' }, past, record, times);
  expect(history).toEqual({
    ...{ address: '10.0.65.4', state: 'leased', block: '10.0.65.0/28', vnic: 'ocid1.vnic.a' },
    holder: { ...key('now'), pod: 'default/web', since: '2026-01-01T00:01:00.000Z' },
    before: [
      {
        ...key('before'),
        ...{ since: '2026-01-01T00:00:10.000Z', until: '2026-01-01T00:00:20.000Z' },
      },
    ],
  });
  expect(showHistory(history)).toMatch(/^10\.0\.65\.4: leased, of 10\.0\.65\.0\/28 on ocid1/);
  expect(showHistory(history)).toMatch(/default\/web {2}now .*\n- .*before .*00:00:20/);
});

test('an address that cools, one that is not of this node', () => {
  const cooling = describeHistory(
    { ...place, state: 'cooling', until: 112_500 },
    past,
    undefined,
    times,
  );
  expect(showHistory(cooling)).toMatch(/cooling for 13 s more/);
  const foreign = { ...place, state: 'foreign' as const, block: '', vnic: '' };
  expect(showHistory(describeHistory(foreign, [], undefined, times))).toBe(
    '10.0.65.4: foreign, in no block of this node\nnobody is known to have had it',
  );
});
