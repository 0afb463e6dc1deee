import { expect, test } from 'vitest';
import { formatOperation } from './format.ts';
import type { Operation } from './state.ts';

const goldens: [string, Operation][] = [
  [
    "ip link add name oci1 address 02:00:00:00:00:01 mtu 9000 group 7 type veth peer name eth0 address 02:00:00:00:00:02 mtu 9000 netns pod && ip link set dev oci1 alias 'vcn-cni/1 n/c/eth0' gso_max_size 65536 up",
    {
      op: 'link.create',
      link: {
        name: 'oci1',
        kind: 'veth',
        mac: '02:00:00:00:00:01',
        mtu: 9000,
        group: 7,
        up: true,
        alias: 'vcn-cni/1 n/c/eth0',
        gsoMaxSize: 65_536,
        peer: { name: 'eth0', mac: '02:00:00:00:00:02', mtu: 9000, namespace: 'pod' },
      },
    },
  ],
  [
    'ip link add link ens3 name ens3.7 type vlan id 7',
    { op: 'link.create', link: { name: 'ens3.7', kind: 'vlan', parent: 'ens3', vlanId: 7 } },
  ],
  [
    'ip link add link ens3 name mv0 type macvlan mode bridge',
    { op: 'link.create', link: { name: 'mv0', kind: 'macvlan', parent: 'ens3' } },
  ],
  [
    'ip link set dev eth0 mtu 1500 down',
    { op: 'link.set', link: { name: 'eth0', mtu: 1500, up: false } },
  ],
  ['ip link delete dev oci1', { op: 'link.delete', name: 'oci1', index: 4, alias: 'x' }],
  [
    'ip -4 address replace 10.0.0.1/32 dev eth0',
    { op: 'address.put', address: { link: 'eth0', address: '10.0.0.1/32' } },
  ],
  [
    'ip -6 address replace fe80::1/64 dev oci1 scope link nodad noprefixroute',
    {
      op: 'address.put',
      address: {
        link: 'oci1',
        address: 'fe80::1/64',
        scope: 'link',
        nodad: true,
        noprefixroute: true,
      },
    },
  ],
  [
    'ip -6 address delete fd00::1/128 dev eth0',
    { op: 'address.delete', address: { link: 'eth0', address: 'fd00::1/128', nodad: true } },
  ],
  [
    'ip -4 route replace default via 169.254.1.1 dev eth0 mtu 8900 onlink',
    {
      op: 'route.put',
      route: {
        family: 'inet',
        destination: '0.0.0.0/0',
        gateway: '169.254.1.1',
        link: 'eth0',
        onlink: true,
        mtu: 8900,
      },
    },
  ],
  [
    'ip -6 route replace fd00::2/128 dev oci1 table 1000 proto 184 metric 5 src fd00::11',
    {
      op: 'route.put',
      route: {
        family: 'inet6',
        destination: 'fd00::2/128',
        link: 'oci1',
        table: 1000,
        protocol: 184,
        source: 'fd00::11',
        priority: 5,
      },
    },
  ],
  [
    'ip -4 route delete unreachable 10.0.0.0/24 table 1000',
    {
      op: 'route.delete',
      route: { family: 'inet', type: 'unreachable', destination: '10.0.0.0/24', table: 1000 },
    },
  ],
  [
    'ip -4 rule add priority 1024 from all fwmark 0x80/0x80 lookup 1001 protocol 184',
    {
      op: 'rule.put',
      rule: {
        family: 'inet',
        priority: 1024,
        action: 'lookup',
        table: 1001,
        fwmark: 128,
        fwmask: 128,
        protocol: 184,
      },
    },
  ],
  [
    'ip -6 rule delete priority 768 from all iif ens5 unreachable',
    {
      op: 'rule.delete',
      rule: { family: 'inet6', priority: 768, action: 'unreachable', iif: 'ens5' },
    },
  ],
  [
    'ip -4 rule add priority 1535 from 10.0.0.11/32 to 10.1.0.0/16 oif ens3 lookup 254 suppress_prefixlength 0',
    {
      op: 'rule.put',
      rule: {
        family: 'inet',
        priority: 1535,
        action: 'lookup',
        table: 254,
        from: '10.0.0.11/32',
        to: '10.1.0.0/16',
        oif: 'ens3',
        suppressPrefixLength: 0,
      },
    },
  ],
  [
    'ip -4 neighbour replace 169.254.1.1 lladdr 02:00:00:00:00:01 nud permanent dev eth0',
    {
      op: 'neighbour.put',
      neighbour: { link: 'eth0', address: '169.254.1.1', mac: '02:00:00:00:00:01' },
    },
  ],
  [
    'ip -6 neighbour delete fe80::1 dev eth0',
    {
      op: 'neighbour.delete',
      neighbour: { link: 'eth0', address: 'fe80::1', mac: '02:00:00:00:00:01' },
    },
  ],
  [
    'sysctl -w net/ipv4/conf/oci1/rp_filter=1',
    { op: 'sysctl.set', sysctl: { name: 'net/ipv4/conf/oci1/rp_filter', value: '1' } },
  ],
  [
    "sysctl -w net/ipv4/tcp_rmem='4096 131072 6291456'",
    { op: 'sysctl.set', sysctl: { name: 'net/ipv4/tcp_rmem', value: '4096 131072 6291456' } },
  ],
];

test.each(goldens)('%s', (text, operation) => {
  expect(formatOperation(operation)).toBe(text);
});
