import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { npnName, parseNpn } from './native-pod-network.ts';
import { npnVnics } from './npn-vnics.ts';

const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../fixtures/npn/${name}.json`, import.meta.url), 'utf8'));

test('the first generation: one family, and the host address is for no pod', () => {
  const npn = parseNpn(fixture('first-generation'));
  expect(npn.status?.state).toBe('SUCCESS');
  expect(npnVnics(npn)).toEqual([
    {
      ...{ id: 'ocid1.vnic.oc1.phx.abyhqljrsecond', mac: '02:00:17:0a:bc:02' },
      ...{ virtualRouter: { inet: '10.0.64.1' }, subnet: { inet: '10.0.64.0/18' } },
      ...{ addresses: { inet: '10.0.64.6' } },
      podAddresses: { inet: ['10.0.64.7', '10.0.64.8'], inet6: [] },
    },
  ]);
});

test('the second generation: pairs of both families, bare metal', () => {
  const npn = parseNpn(fixture('second-generation'));
  expect(npn.spec.secondaryVnics?.[0]?.createVnicDetails?.ipCount).toBe(16);
  expect(npnVnics(npn)).toEqual([
    {
      ...{
        id: 'ocid1.vnic.oc1.iad.abuwcljssecond',
        mac: '02:00:17:01:02:03',
        nicIndex: 1,
        vlanTag: 1,
      },
      virtualRouter: { inet: '10.0.64.1', inet6: 'fe80::200:17ff:fe0a:2' },
      subnet: { inet: '10.0.64.0/18', inet6: '2603:c020:4001:a01::/64' },
      addresses: { inet: '10.0.64.9', inet6: '2603:c020:4001:a01::5' },
      podAddresses: {
        inet: ['10.0.65.0', '10.0.65.1'],
        inet6: ['2603:c020:4001:a01:1::', '2603:c020:4001:a01:1::1'],
      },
    },
  ]);
});

test('before the controller has seen it there are no VNICs', () => {
  const { status: _, ...fresh } = fixture('first-generation');
  expect(npnVnics(parseNpn(fresh))).toEqual([]);
});

test('what is wrong is named by field', () => {
  const npn = fixture('first-generation');
  expect(() => parseNpn({ ...npn, kind: 'Node' })).toThrow('kind');
  expect(() => parseNpn({ ...npn, spec: { id: 'i', maxPodCount: 0 } })).toThrow('spec.maxPodCount');
  const vnics = [{ vnicId: 'v', macAddress: 'none' }];
  expect(() => parseNpn({ ...npn, status: { vnics } })).toThrow('status.vnics[0].macAddress');
});

test('the name of an instance', () => {
  expect(npnName('ocid1.instance.oc1.phx.anyhqljrnode1')).toBe('anyhqljrnode1');
});
