import { type ActualState, emptyState } from '@vcn-cni/netlink';
import { expect, test } from 'vitest';
import { configSchema } from '../config/schema.ts';
import { discoverNode } from './discover.ts';
import { poolBlocks } from './pool-blocks.ts';

const link = (name: string, index: number, mtu = 9000) => ({
  name,
  index,
  mtu,
  mac: '02:00:00:00:00:01',
  up: true,
  running: true,
  group: 0,
});
const host: ActualState = {
  ...emptyState(),
  links: [link('lo', 1, 65536), link('ens3', 2), link('docker0', 3, 1500)],
  addresses: [
    { link: 'ens3', address: '169.254.7.7/16', scope: 'link' },
    { link: 'ens3', address: '10.0.0.11/24', scope: 'global' },
    { link: 'ens3', address: 'fe80::1/64', scope: 'link' },
    { link: 'ens3', address: 'fd00::11/64', scope: 'global' },
    { link: 'docker0', address: '172.17.0.1/16', scope: 'global' },
  ],
  routes: [
    {
      family: 'inet',
      destination: '0.0.0.0/0',
      link: 'docker0',
      gateway: '172.17.0.9',
      priority: 900,
    },
    {
      family: 'inet',
      destination: '0.0.0.0/0',
      link: 'ens3',
      gateway: '10.0.0.1',
      table: 254,
      priority: 100,
    },
    { family: 'inet', destination: '0.0.0.0/0', link: 'docker0', gateway: '172.17.0.8', table: 77 },
    { family: 'inet6', destination: '::/0', link: 'ens3', gateway: 'fe80::9', priority: 1024 },
  ],
  sysctls: [{ name: 'net/ipv6/conf/ens3/accept_ra', value: '1' }],
};
const config = (more: object = {}, blocks = ['10.0.0.0/28', 'fd00::/112']) =>
  configSchema.parse({ pool: { blocks }, ...more });

test('the primary is the interface of the default route, with its addresses and gateways', () => {
  expect(discoverNode(config(), host)).toEqual({
    primary: {
      name: 'ens3',
      id: 'primary',
      mac: '02:00:00:00:00:01',
      mtu: 9000,
      addresses: { inet: '10.0.0.11', inet6: 'fd00::11' },
      gateways: { inet: '10.0.0.1', inet6: 'fe80::9' },
      acceptsRouterAdvertisements: true,
      blocks: ['10.0.0.0/28', 'fd00::/112'],
    },
    secondaries: [],
    vcnCidrs: [],
    families: ['inet', 'inet6'],
  });
});

test('only families with blocks matter; the configuration wins over the kernel', () => {
  const node = discoverNode(
    config(
      {
        mtu: 1500,
        node: { interface: 'docker0', addresses: ['10.9.9.9'], gateways: ['10.9.9.1'] },
      },
      ['10.9.0.0/24'],
    ),
    host,
  );
  expect(node.families).toEqual(['inet']);
  expect(node.primary).toMatchObject({
    name: 'docker0',
    mtu: 1500,
    addresses: { inet: '10.9.9.9' },
    gateways: { inet: '10.9.9.1' },
  });
});

test.each<[object, Partial<ActualState>, RegExp]>([
  [
    {},
    { routes: [] },
    /^this host does not fit the configuration: node\.interface: missing, and this host has no default route/,
  ],
  [
    { node: { interface: 'eth9' } },
    {},
    /node\.interface: "eth9" is not an interface of this host; there is lo, ens3, docker0/,
  ],
  [
    {},
    { addresses: host.addresses.slice(0, 3) },
    /node\.addresses: ens3 has no IPv6 address, but pods are to have addresses of that family/,
  ],
  [
    { interfacePrefix: 'dock', node: { interface: 'docker0' } },
    {},
    /interfacePrefix: "dock" is the beginning of "docker0"/,
  ],
])('%j does not fit', (more, changed, expected) => {
  expect(() => discoverNode({ ...config(), ...more } as never, { ...host, ...changed })).toThrow(
    expected,
  );
});

test.each<[string[], RegExp]>([
  [['10.0.0.0/28', 'fd00::/112'], /10\.0\.0\.0\/28 contains the node's own address 10\.0\.0\.11/],
  [['10.0.0.0/31'], /10\.0\.0\.0\/31 contains the gateway 10\.0\.0\.1/],
  [['fd00::/112'], /fd00::\/112 contains the node's own address fd00::11/],
])('blocks %j would cut the node off', (blocks, expected) => {
  expect(() => poolBlocks(discoverNode(config({}, blocks), host), [])).toThrow(expected);
});

test('addresses that no pod gets are told to the block that holds them', () => {
  const node = discoverNode(config({}, ['10.0.1.0/28', 'fd01::/112']), host);
  expect(poolBlocks(node, ['10.0.1.5', '10.7.7.7'])).toEqual([
    { cidr: '10.0.1.0/28', vnic: 'primary', excluded: ['10.0.1.5'] },
    { cidr: 'fd01::/112', vnic: 'primary', excluded: [] },
  ]);
});
