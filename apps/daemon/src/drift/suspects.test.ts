import { expect, test } from 'vitest';
import { suspectsOf } from './suspects.ts';

const all = new Set([
  ...['systemd-network', 'NetworkManager', 'systemd-sysctl', 'tuned', 'calico-node'],
  ...['firewalld', 'dhclient', 'kube-proxy', 'bash'],
]);
const names = (change: string) => suspectsOf(change, all).map((text) => text.split(' ')[0]);

test.each([
  [
    'ip -4 rule add priority 512 from all lookup 1000 protocol 184',
    ['systemd-network', 'NetworkManager'],
  ],
  [
    'ip -4 route replace default via 10.0.0.1 dev ens5 table 1010',
    ['systemd-network', 'NetworkManager', 'dhclient'],
  ],
  ['ip link set dev ens5 up', ['NetworkManager']],
  ['sysctl -w net/ipv4/conf/ens5/rp_filter=2', ['systemd-sysctl', 'tuned', 'calico-node']],
  ['sysctl -w net/ipv4/ip_forward=1', ['systemd-sysctl', 'tuned']],
  ['table inet vcn-cni is missing', ['firewalld']],
])('%s: %j', (change, expected) => {
  expect(names(change)).toEqual(expected);
});

test('only who runs here is named, and with what to do', () => {
  expect(suspectsOf('ip link set dev ens5 up', new Set(['bash']))).toEqual([]);
  expect(suspectsOf('ip link set dev ens5 up', new Set(['NetworkManager']))).toEqual([
    'NetworkManager (list the VNICs and the host veths under unmanaged-devices)',
  ]);
});
