import { emptyState } from '@vcn-cni/netlink';
import { expect, test } from 'vitest';
import { node, primary } from '../test/fixtures.ts';
import { toLines } from '../test/lines.ts';
import {
  aliasPrefix,
  defaultSettings,
  parseAlias,
  planHost,
  type SecondaryFacts,
} from './index.ts';

test('a node with one secondary VNIC, dual-stack', () => {
  expect(toLines(planHost(node, defaultSettings)).join('\n')).toMatchInlineSnapshot(`
    "ip link set dev ens5 mtu 9000 up
    sysctl -w net/ipv4/conf/ens5/rp_filter=2
    sysctl -w net/ipv4/conf/ens5/arp_ignore=1
    sysctl -w net/ipv6/conf/ens5/accept_ra=0
    sysctl -w net/ipv6/conf/ens5/autoconf=0
    sysctl -w net/ipv6/conf/ens5/keep_addr_on_down=1
    sysctl -w net/ipv4/conf/ens3/rp_filter=2
    sysctl -w net/ipv4/conf/ens3/arp_ignore=1
    sysctl -w net/ipv4/ip_forward=1
    sysctl -w net/ipv6/conf/ens3/accept_ra=2
    sysctl -w net/ipv6/conf/all/forwarding=1
    ip -4 address replace 10.0.64.11/32 dev ens5 scope global
    ip -6 address replace fd00:0:0:40::11/128 dev ens5 scope global
    ip -4 route replace default via 10.0.0.1 dev ens3 table 1001 proto 184 onlink
    ip -6 route replace default via fe80::aa dev ens3 table 1001 proto 184 onlink
    ip -4 route replace default via 10.0.64.1 dev ens5 table 1010 proto 184 onlink
    ip -6 route replace default via fe80::bb dev ens5 table 1010 proto 184 onlink
    ip -4 route replace unreachable 10.0.65.0/28 table 1000 proto 184 metric 4096
    ip -6 route replace unreachable fd00:0:0:40:1::/80 table 1000 proto 184 metric 2147483647
    ip -4 rule add priority 512 from all lookup 1000 protocol 184
    ip -6 rule add priority 512 from all lookup 1000 protocol 184
    ip -4 rule add priority 1024 from all fwmark 0x80/0x80 lookup 1001 protocol 184
    ip -4 rule add priority 1535 from 10.0.0.10/32 lookup 254 suppress_prefixlength 0 protocol 184
    ip -4 rule add priority 1536 from 10.0.0.10/32 lookup 1001 protocol 184
    ip -6 rule add priority 1024 from all fwmark 0x80/0x80 lookup 1001 protocol 184
    ip -6 rule add priority 1535 from fd00::10/128 lookup 254 suppress_prefixlength 0 protocol 184
    ip -6 rule add priority 1536 from fd00::10/128 lookup 1001 protocol 184
    ip -4 rule add priority 768 from all iif ens5 unreachable protocol 184
    ip -4 rule add priority 1536 from 10.0.64.11/32 lookup 1010 protocol 184
    ip -4 rule add priority 1536 from 10.0.65.0/28 lookup 1010 protocol 184
    ip -6 rule add priority 768 from all iif ens5 unreachable protocol 184
    ip -6 rule add priority 1536 from fd00:0:0:40::11/128 lookup 1010 protocol 184
    ip -6 rule add priority 1536 from fd00:0:0:40:1::/80 lookup 1010 protocol 184"
  `);
});

test('a node whose pods share the primary VNIC', () => {
  const alone = { ...node, primary: { ...primary, blocks: ['10.0.1.0/26'] }, secondaries: [] };
  const inet = { ...alone, families: ['inet' as const] };
  expect(toLines(planHost(inet, defaultSettings)).join('\n')).toMatchInlineSnapshot(`
    "sysctl -w net/ipv4/conf/ens3/rp_filter=2
    sysctl -w net/ipv4/conf/ens3/arp_ignore=1
    sysctl -w net/ipv4/ip_forward=1
    ip -4 route replace default via 10.0.0.1 dev ens3 table 1001 proto 184 onlink
    ip -4 route replace unreachable 10.0.1.0/26 table 1000 proto 184 metric 4096
    ip -4 rule add priority 512 from all lookup 1000 protocol 184
    ip -4 rule add priority 1024 from all fwmark 0x80/0x80 lookup 1001 protocol 184
    ip -4 rule add priority 1535 from 10.0.0.10/32 lookup 254 suppress_prefixlength 0 protocol 184
    ip -4 rule add priority 1536 from 10.0.0.10/32 lookup 1001 protocol 184
    ip -4 rule add priority 1535 from 10.0.1.0/26 lookup 254 suppress_prefixlength 0 protocol 184
    ip -4 rule add priority 1536 from 10.0.1.0/26 lookup 1001 protocol 184"
  `);
});

test('a VNIC keeps its table when another goes', () => {
  const second = { ...node.secondaries[0]!, name: 'ens6', id: 'second', slot: 3 };
  const both = planHost({ ...node, secondaries: [node.secondaries[0]!, second] }, defaultSettings);
  const alone = planHost({ ...node, secondaries: [second] }, defaultSettings);
  const ofSecond = ({ routes }: typeof both) => routes.filter(({ link }) => link === 'ens6');
  expect(ofSecond(alone)).toEqual(ofSecond(both));
  expect(ofSecond(alone)[0]?.table).toBe(1013);
});

test('a VNIC of bare metal is a VLAN on a macvlan with its MAC on a port', () => {
  const vnic: SecondaryFacts = {
    ...node.secondaries[0]!,
    name: 'ens1f0v12',
    mac: '02:00:17:00:00:05',
    trunk: { port: 'ens1f0', vlanId: 12 },
  };
  const { links, ...rest } = planHost({ ...node, secondaries: [vnic] }, defaultSettings);
  expect(toLines({ ...emptyState(), links })).toEqual([
    'ip link set dev ens1f0 mtu 9000 up',
    "ip link add link ens1f0 name ens1f0.12 address 02:00:17:00:00:05 mtu 9000 type macvlan mode vepa && ip link set dev ens1f0.12 alias 'vcn-cni/1 vnic ocid1.vnic.5' up",
    "ip link add link ens1f0.12 name ens1f0v12 mtu 9000 type vlan id 12 && ip link set dev ens1f0v12 alias 'vcn-cni/1 vnic ocid1.vnic.5' up",
  ]);
  expect(rest.addresses.every(({ link }) => link === 'ens1f0v12')).toBe(true);
  // It is nobody's attachment, and yet ours.
  expect(parseAlias(links[1]!.alias)).toBeUndefined();
  expect(links[1]!.alias?.startsWith(aliasPrefix)).toBe(true);
  const long = { ...vnic, trunk: { port: 'enp94s0f0np0', vlanId: 2001 } };
  expect(() => planHost({ ...node, secondaries: [long] }, defaultSettings)).toThrow(
    /"enp94s0f0np0.2001" is no name of a link, it is longer than 15 bytes/,
  );
});

test('rules grow with blocks and VNICs, never with pods', () => {
  expect(planHost(node, defaultSettings).rules).toHaveLength(2 * (1 + 1 + 2 + 1 + 2));
});

test('router advertisements are accepted before forwarding is switched on', () => {
  const names = planHost(node, defaultSettings).sysctls.map(({ name }) => name);
  expect(names.indexOf('net/ipv6/conf/ens3/accept_ra')).toBeGreaterThan(-1);
  expect(names.indexOf('net/ipv6/conf/ens3/accept_ra')).toBeLessThan(
    names.indexOf('net/ipv6/conf/all/forwarding'),
  );
});
