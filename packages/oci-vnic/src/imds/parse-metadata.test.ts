import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseInstance } from './instance-metadata.ts';
import { parseVnics } from './vnic-metadata.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/imds/${name}`, import.meta.url), 'utf8'));

test('a virtual machine: lower-case MACs, both families, no text that stands for nothing', () => {
  const [primary, dual, six] = parseVnics(fixture('vnics-vm.json'));
  expect(primary).toEqual({
    ...{ id: 'ocid1.vnic.oc1.phx.abyhqljrprimary', mac: '02:00:17:0a:bc:01', isPrimary: true },
    ...{ addresses: { inet: '10.0.10.12' }, subnet: { inet: '10.0.10.0/24' }, vlanTag: 1247 },
    virtualRouter: { inet: '10.0.10.1' },
  });
  expect(dual).toMatchObject({
    ...{ isPrimary: false, addresses: { inet6: ['2603:c020:4001:a00:0:aaaa:bbbb:1'] } },
    ...{ virtualRouter: { inet: '10.0.64.1', inet6: 'fe80::200:17ff:fe0a:1' } },
  });
  expect(six?.subnet).toEqual({ inet6: '2603:c020:4001:a01::/64' });
  expect(six?.addresses).toEqual({ inet6: ['2603:c020:4001:a01::5'] });
});

test('bare metal: port and VLAN, where 0 is a number like others', () => {
  expect(parseVnics(fixture('vnics-bm.json'))).toMatchObject([
    { mac: 'b8:ce:f6:12:34:56', vlanTag: 0, nicIndex: 0 },
    { mac: '02:00:17:01:02:03', vlanTag: 1, nicIndex: 1 },
  ]);
});

test('an instance: region by its identifier', () => {
  expect(parseInstance(fixture('instance-vm.json'))).toMatchObject({
    ...{ id: 'ocid1.instance.oc1.phx.anyhqljrnode1', region: 'us-phoenix-1', ocpus: 4 },
    ...{ realmDomain: 'oraclecloud.com', isBareMetal: false, freeformTags: { pool: 'a' } },
    metadata: { 'oke-max-pods': '93' },
  });
  const metal = parseInstance(fixture('instance-bm.json'));
  expect(metal).toMatchObject({ region: 'us-ashburn-1', isBareMetal: true, metadata: {} });
  expect(metal).not.toHaveProperty('ocpus');
});

test('a MAC address that is none is refused by its field', () => {
  expect(() => parseVnics([{ vnicId: 'v', macAddr: '02:00' }])).toThrow('macAddr');
});
