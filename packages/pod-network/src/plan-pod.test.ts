import { expect, test } from 'vitest';
import { ask, lease, node } from '../test/fixtures.ts';
import { toLines } from '../test/lines.ts';
import { defaultSettings, describePod, planPod } from './index.ts';

const settings = defaultSettings;
const spec = describePod({ ...ask, mac: '0a:58:0a:00:41:04' }, lease, node, settings);

test('the host side of a dual-stack pod behind a secondary VNIC', () => {
  const { host } = planPod(spec, lease, node, settings);
  expect(toLines(host).join('\n')).toMatchInlineSnapshot(`
    "ip link add name oci0d7763386da address 76:cd:6a:bc:ae:99 mtu 9000 type veth peer name eth0 address 0a:58:0a:00:41:04 mtu 9000 netns pod && ip link set dev oci0d7763386da alias 'vcn-cni/1 pods/c0ffee/eth0' up
    sysctl -w net/ipv4/conf/oci0d7763386da/rp_filter=1
    sysctl -w net/ipv4/conf/oci0d7763386da/accept_redirects=0
    sysctl -w net/ipv4/conf/oci0d7763386da/proxy_arp=1
    sysctl -w net/ipv4/neigh/oci0d7763386da/proxy_delay=0
    sysctl -w net/ipv6/conf/oci0d7763386da/addr_gen_mode=1
    sysctl -w net/ipv6/conf/oci0d7763386da/accept_ra=0
    sysctl -w net/ipv6/conf/oci0d7763386da/accept_redirects=0
    ip -6 address replace fe80::1/64 dev oci0d7763386da scope link nodad
    ip -4 neighbour replace 10.0.65.4 lladdr 0a:58:0a:00:41:04 nud permanent dev oci0d7763386da
    ip -6 neighbour replace fd00:0:0:40:1::4 lladdr 0a:58:0a:00:41:04 nud permanent dev oci0d7763386da
    ip -4 route replace 10.0.65.4/32 dev oci0d7763386da table 1000 proto 184 scope link src 10.0.0.10
    ip -6 route replace fd00:0:0:40:1::4/128 dev oci0d7763386da table 1000 proto 184 src fd00::10"
  `);
});

test('the pod side', () => {
  const { pod } = planPod(spec, lease, node, settings);
  expect(toLines(pod).join('\n')).toMatchInlineSnapshot(`
    "ip link set dev eth0 address 0a:58:0a:00:41:04 mtu 9000 up
    ip -4 address replace 10.0.65.4/32 dev eth0 scope global
    ip -6 address replace fd00:0:0:40:1::4/128 dev eth0 scope global nodad
    ip -4 neighbour replace 169.254.1.1 lladdr 76:cd:6a:bc:ae:99 nud permanent dev eth0
    ip -6 neighbour replace fe80::1 lladdr 76:cd:6a:bc:ae:99 nud permanent dev eth0
    ip -4 route replace 169.254.1.1/32 dev eth0 scope link
    ip -4 route replace default via 169.254.1.1 dev eth0
    ip -6 route replace default via fe80::1 dev eth0"
  `);
});

test('a further interface of a pod has routes of its own, behind those of the first', () => {
  const net1 = { ...spec, key: { ...spec.key, ifname: 'net1' } };
  const { pod } = planPod(net1, lease, node, settings);
  expect(toLines(pod).join('\n')).toMatchInlineSnapshot(`
    "ip link set dev net1 address 0a:58:0a:00:41:04 mtu 9000 up
    ip -4 address replace 10.0.65.4/32 dev net1 scope global
    ip -6 address replace fd00:0:0:40:1::4/128 dev net1 scope global nodad
    ip -4 neighbour replace 169.254.1.1 lladdr 76:cd:6a:bc:ae:99 nud permanent dev net1
    ip -6 neighbour replace fe80::1 lladdr 76:cd:6a:bc:ae:99 nud permanent dev net1
    ip -4 route replace 169.254.1.1/32 dev net1 metric 23865102 scope link
    ip -4 route replace default via 169.254.1.1 dev net1 metric 23865102
    ip -4 route replace 169.254.1.1/32 dev net1 table 23865102 scope link
    ip -4 route replace default via 169.254.1.1 dev net1 table 23865102
    ip -6 route replace default via fe80::1 dev net1 metric 23865102
    ip -6 route replace default via fe80::1 dev net1 table 23865102
    ip -4 rule add priority 1536 from 10.0.65.4/32 lookup 23865102 protocol 184
    ip -6 rule add priority 1536 from fd00:0:0:40:1::4/128 lookup 23865102 protocol 184"
  `);
});

test('an IPv4 node plans nothing of IPv6', () => {
  const inet = { ...lease, addresses: lease.addresses.slice(0, 1) };
  const plan = planPod(spec, inet, { ...node, families: ['inet'] }, settings);
  const text = [...toLines(plan.host), ...toLines(plan.pod)].join('\n');
  expect(text).not.toMatch(/-6|ipv6|fe80|fd00/);
});

test('the host end never has an IPv4 address', () => {
  const { host } = planPod(spec, lease, node, settings);
  expect(host.addresses.map(({ address }) => address)).toEqual(['fe80::1/64']);
});
