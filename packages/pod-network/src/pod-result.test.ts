import { expect, test } from 'vitest';
import { ask, lease, node } from '../test/fixtures.ts';
import { defaultSettings, describePod, planPod, podResult } from './index.ts';

const settings = defaultSettings;
const spec = describePod(ask, lease, node, settings);
const plan = planPod(spec, lease, node, settings);

test('the result lists every interface, address and route that the plan makes', () => {
  expect(podResult(spec, lease, plan, { dns: { nameservers: ['10.0.0.2'] } })).toEqual({
    cniVersion: '1.1.0',
    interfaces: [
      { name: spec.hostLink, mac: spec.hostMac, mtu: 9000 },
      { name: 'eth0', mac: spec.podMac, mtu: 9000, sandbox: '/run/netns/a' },
    ],
    ips: [
      { interface: 1, address: '10.0.65.4/32', gateway: '169.254.1.1' },
      { interface: 1, address: 'fd00:0:0:40:1::4/128', gateway: 'fe80::1' },
    ],
    routes: [
      { dst: '169.254.1.1/32', scope: 253 },
      { dst: '0.0.0.0/0', gw: '169.254.1.1' },
      { dst: '::/0', gw: 'fe80::1' },
    ],
    dns: { nameservers: ['10.0.0.2'] },
  });
});

test('what an earlier plugin reported stays, unknown fields included', () => {
  const prevResult = {
    cniVersion: '1.1.0',
    interfaces: [{ name: 'lo', sandbox: '/run/netns/a' }],
    ips: [{ interface: 0, address: '127.0.0.2/8' }],
    routes: [{ dst: '192.0.2.0/24' }],
    dns: { domain: 'example' },
    vendor: { kept: true },
  };
  const result = podResult(spec, lease, plan, { prevResult });
  expect(result.interfaces?.[0]).toEqual(prevResult.interfaces[0]);
  expect(result.ips?.[0]).toEqual(prevResult.ips[0]);
  expect(result.ips?.[1]?.interface).toBe(2);
  expect(result.interfaces?.[2]?.name).toBe('eth0');
  expect(result.routes?.[0]).toEqual(prevResult.routes[0]);
  expect(result.dns).toEqual(prevResult.dns);
  expect(result['vendor']).toEqual({ kept: true });
});
