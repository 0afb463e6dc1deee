import { expect, test } from 'vitest';
import {
  type BothSides,
  expectTrueAddresses,
  expectTrueLinks,
  expectTrueRoutes,
} from './expect-true-result.ts';

const link = { name: 'eth0', index: 2, mac: '02:00:00:00:00:01', mtu: 1500, up: true };
const sides: BothSides = {
  host: { links: [], addresses: [], routes: [] },
  container: {
    links: [link],
    addresses: [{ link: 'eth0', address: '2001:db8::5/64', tentative: false }],
    routes: [
      {
        ...{ family: 6, destination: '::/0', link: 'eth0', gateways: ['fe80::1'] },
        ...{ table: 'main', protocol: 'boot' },
      },
    ],
  },
};
const interfaces = [
  { name: 'eth0', mac: '02:00:00:00:00:01', mtu: 1500, sandbox: '/run/netns/c1' },
];
const cniVersion = '1.1.0';

test('what is there is true, however its addresses are spelled', () => {
  expectTrueLinks({ cniVersion, interfaces }, sides);
  const ips = [{ address: '2001:DB8:0::5/64', interface: 0 }];
  expectTrueAddresses({ cniVersion, interfaces, ips }, sides);
  expectTrueRoutes({ cniVersion, routes: [{ dst: '::/0', gw: 'FE80::1' }] }, sides);
});

test.each([
  ['interface-absent', [{ ...interfaces[0]!, name: 'eth1' }]],
  ['interface-absent', [{ name: 'eth0' }]],
  ['mac-differs', [{ ...interfaces[0]!, mac: '02:00:00:00:00:02' }]],
  ['mtu-differs', [{ ...interfaces[0]!, mtu: 9000 }]],
])('links: %s', (key, listed) => {
  expect(() => expectTrueLinks({ cniVersion, interfaces: listed }, sides)).toThrow(
    expect.objectContaining({ key }),
  );
});

test.each([
  ['index-wrong', { address: '2001:db8::5/64', interface: 1 }],
  ['address-absent', { address: '2001:db8::5/128', interface: 0 }],
])('addresses: %s', (key, ip) => {
  expect(() => expectTrueAddresses({ cniVersion, interfaces, ips: [ip] }, sides)).toThrow(
    expect.objectContaining({ key }),
  );
});

test.each([
  ['route-absent', { dst: '0.0.0.0/0' }],
  ['gateway-differs', { dst: '::/0', gw: 'fe80::2' }],
])('routes: %s', (key, route) => {
  expect(() => expectTrueRoutes({ cniVersion, routes: [route] }, sides)).toThrow(
    expect.objectContaining({ key }),
  );
});
