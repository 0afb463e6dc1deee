import { expect, test } from 'vitest';
import { ask, key, lease, node } from '../test/fixtures.ts';
import { blockOf, defaultSettings, describePod } from './index.ts';

test('MTU is that of the VNIC that carries the pod unless a smaller one is asked for', () => {
  const small = { ...node, secondaries: [{ ...node.secondaries[0]!, mtu: 1500 }] };
  expect(describePod(ask, lease, small, defaultSettings).mtu).toBe(1500);
  expect(describePod({ ...ask, mtu: 1400 }, lease, small, defaultSettings).mtu).toBe(1400);
  expect(() => describePod({ ...ask, mtu: 9000 }, lease, small, defaultSettings)).toThrow(
    /mtu: 9000 is larger than the 1500 bytes/,
  );
});

test('a key that no link alias can hold is refused by name', () => {
  const long = { ...ask, key: { ...key, containerId: 'c'.repeat(240) } };
  expect(() => describePod(long, lease, node, defaultSettings)).toThrow(
    /CNI_CONTAINERID.*260 bytes/,
  );
});

test('an address is found in its block, or in one of itself', () => {
  expect(blockOf('10.0.65.4', node)).toEqual({ block: '10.0.65.0/28', vnic: 'ocid1.vnic.5' });
  expect(blockOf('fd00:0:0:40:1::9', node).block).toBe('fd00:0:0:40:1::/80');
  expect(blockOf('10.9.9.9', node)).toEqual({ block: '10.9.9.9', vnic: 'primary' });
});
