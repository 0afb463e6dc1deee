import { type ActualState, emptyState } from '@vcn-cni/netlink';
import { expect, test } from 'vitest';
import type { HostCapture, NamespaceCapture } from '../explain/capture.ts';
import { type TraceAsk, tracePackets } from './trace-packets.ts';

const network = (...addresses: string[]): ActualState => ({
  ...emptyState(),
  addresses: [
    { link: 'lo', address: '127.0.0.1/8', scope: 'host' },
    ...addresses.map((address) => ({ link: 'eth0', address, scope: 'global' as const })),
    { link: 'eth0', address: 'fe80::2/64', scope: 'link' },
  ],
});
const namespace = (name: string, ...addresses: string[]): NamespaceCapture => ({
  ...{ name, network: network(...addresses), peers: {} },
  ...{ iptables: { inet: [], inet6: [] }, nftables: null },
});
const host = (name: string, at: number, pods: NamespaceCapture[]): HostCapture => ({
  ...{ name, root: name },
  namespaces: [namespace(name, `10.0.0.${at}/24`, `fd00::${at}/128`), ...pods],
  vnics: [
    { link: 'ens3', addresses: [`10.0.0.${at}`, `fd00::${at}`] },
    { link: 'ens5', addresses: [`10.0.64.${at}`, `10.0.12${at}.0/28`, `fd00:0:0:${at}::/80`] },
  ],
});
const hosts = [
  host('node1', 1, [
    namespace('default/web', '10.0.121.4/32', 'fd00:0:0:1::4/128'),
    namespace('other/web', '10.0.121.5/32'),
    namespace('default/db', '10.0.121.6/32', 'fd00:0:0:1::6/128'),
  ]),
  host('node2', 2, [namespace('default/api', '10.0.122.4/32')]),
];
const ask = (from: string, to: string, more: Partial<TraceAsk> = {}) =>
  tracePackets(hosts, { from, to, ...more });

test('between pods: one packet for each family that both have', () => {
  expect(ask('default/web', 'db')).toEqual([
    { from: { namespace: 'default/web' }, destination: '10.0.121.6', protocol: 'icmp' },
    { from: { namespace: 'default/web' }, destination: 'fd00:0:0:1::6', protocol: 'icmp' },
  ]);
  expect(ask('db', 'api').map(({ destination }) => destination)).toEqual(['10.0.122.4']);
  expect(ask('db', 'default/web', { family: 'inet6' })).toHaveLength(1);
});

test('with a port it is tcp, unless it is said', () => {
  expect(ask('db', 'api', { port: 80 })).toMatchObject([{ protocol: 'tcp', destinationPort: 80 }]);
  expect(ask('db', 'api', { port: 53, protocol: 'udp' })).toMatchObject([{ protocol: 'udp' }]);
});

test('nodes are called by their primary addresses', () => {
  const to = (text: string) => ask('db', text, { family: 'inet' })[0]!.destination;
  expect([to('node'), to('node1'), to('node2')]).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.2']);
  expect(ask('node2', 'db', { family: 'inet' })[0]!.from).toEqual({ namespace: 'node2' });
});

test('an address is the namespace that has it, and that address is its source', () => {
  expect(ask('10.0.121.4', '192.0.2.1')).toEqual([
    {
      ...{ from: { namespace: 'default/web' }, source: '10.0.121.4' },
      ...{ destination: '192.0.2.1', protocol: 'icmp' },
    },
  ]);
});

test('who is in no capture arrives by the VNIC of the address, else by the primary', () => {
  const links = (to: string) =>
    ask('192.0.2.9', to, { family: 'inet', port: 80 }).map(({ from, source }) => [from, source]);
  expect(links('api')).toEqual([[{ namespace: 'node2', link: 'ens5' }, '192.0.2.9']]);
  expect(links('node')).toEqual([[{ namespace: 'node1', link: 'ens3' }, '192.0.2.9']]);
  expect(links('198.51.100.7')).toEqual([[{ namespace: 'node1', link: 'ens3' }, '192.0.2.9']]);
  expect(ask('internet', 'db')).toMatchObject([
    { source: '203.0.113.77', destination: '10.0.121.6' },
    { source: '2001:db8::77', destination: 'fd00:0:0:1::6' },
  ]);
  expect(ask('db', 'internet').map(({ destination }) => destination)).toEqual([
    ...['203.0.113.77', '2001:db8::77'],
  ]);
});

test.each<[string, string, Partial<TraceAsk>, RegExp]>([
  ['web', 'db', {}, /from: web may be default\/web or other\/web; say which/],
  ['nobody', 'db', {}, /from: nobody is no pod, Service or node here.*default\/db.*node, internet/],
  ['db', '10.0.0', {}, /no address family|no pod/],
  ['db', 'api', { protocol: 'udp' }, /port: udp needs one/],
  ['api', 'fd00:0:0:1::6', {}, /have no address family in common/],
])('%s to %s %j is refused', (from, to, more, expected) => {
  expect(() => ask(from, to, more)).toThrow(expected);
});
