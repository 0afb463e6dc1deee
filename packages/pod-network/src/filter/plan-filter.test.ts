import { renderRuleset } from '@vcn-cni/iptables';
import { renderTable } from '@vcn-cni/nftables';
import { describe, expect, it } from 'vitest';
import type { NodeFacts } from '../node.ts';
import { defaultSettings } from '../settings.ts';
import { chainOwner } from './names.ts';
import { planFilter } from './plan-filter.ts';

const vnic = { mtu: 9000, gateways: {} };
const node: NodeFacts = {
  primary: {
    ...vnic,
    name: 'ens3',
    id: 'a',
    addresses: { inet: '10.88.0.11', inet6: 'fd00:88::11' },
    blocks: [],
  },
  secondaries: [
    {
      ...vnic,
      name: 'ens5',
      id: 'b',
      slot: 0,
      addresses: { inet: '10.88.64.11', inet6: 'fd00:88:0:1::11' },
      blocks: ['10.88.65.0/28', '10.88.66.3/32', 'fd00:88:0:2::/80'],
    },
  ],
  vcnCidrs: ['10.88.0.0/16', 'fd00:88::/48'],
  families: ['inet', 'inet6'],
};
const withSnat = { ...defaultSettings, snat: { exclude: ['10.0.0.0/8', '192.0.2.1'] } };

it('gives the nftables form', () => {
  expect(renderTable(planFilter(node, defaultSettings).nftables)).toBe(`add table inet vcn-cni
delete table inet vcn-cni
table inet vcn-cni {
	set vnics {
		type ifname
		elements = { "ens3", "ens5" }
	}
	chain antispoof {
		type filter hook prerouting priority -310; policy accept;
		iifname "oci*" ip daddr 127.0.0.0/8 drop
		iifname "oci*" fib saddr . iif oif 0 drop
	}
	chain connmark {
		type filter hook prerouting priority -151; policy accept;
		iifname "ens3" ct direction original ct mark set ct mark | 0x80
		ct direction reply ct mark & 0x80 == 0x80 meta mark set meta mark | 0x80
	}
	chain guard {
		type filter hook forward priority -151; policy accept;
		iifname "oci*" ip daddr 169.254.169.254 udp dport { 53, 123 } accept
		iifname "oci*" ip daddr 169.254.169.254 tcp dport 53 accept
		iifname "oci*" ip daddr 169.254.0.0/16 drop
		iifname "oci*" ip6 daddr fd00:c1::a9fe:a9fe udp dport 53 accept
		iifname "oci*" ip6 daddr fd00:c1::a9fe:a9fe tcp dport 53 accept
		iifname "oci*" ip6 daddr fd00:c1::/64 drop
		iifname "oci*" ip6 daddr fe80::/10 drop
	}
	chain postrouting {
		type nat hook postrouting priority 110; policy accept;
		oifname @vnics ct direction original ct status dnat ct mark & 0x80 == 0x80 masquerade fully-random
	}
}
`);
});

it('gives the iptables form of both families', () => {
  const { inet, inet6 } = planFilter(node, defaultSettings).iptables;
  expect(renderRuleset(inet, chainOwner)).toBe(`*raw
:VCN-CNI-RAW - [0:0]
-A VCN-CNI-RAW -d 127.0.0.0/8 -i oci+ -j DROP
-A VCN-CNI-RAW -i oci+ -m rpfilter --invert -j DROP
-I PREROUTING -j VCN-CNI-RAW
COMMIT
*mangle
:VCN-CNI-PRE - [0:0]
:VCN-CNI-GUARD - [0:0]
-A VCN-CNI-PRE -i ens3 -m conntrack --ctdir ORIGINAL -j CONNMARK --set-xmark 0x80/0x80
-A VCN-CNI-PRE -m conntrack --ctdir REPLY -m connmark --mark 0x80/0x80 -j CONNMARK --restore-mark --nfmask 0x80 --ctmask 0x80
-A VCN-CNI-GUARD -d 169.254.169.254/32 -i oci+ -p udp -m udp --dport 53 -j RETURN
-A VCN-CNI-GUARD -d 169.254.169.254/32 -i oci+ -p tcp -m tcp --dport 53 -j RETURN
-A VCN-CNI-GUARD -d 169.254.169.254/32 -i oci+ -p udp -m udp --dport 123 -j RETURN
-A VCN-CNI-GUARD -d 169.254.0.0/16 -i oci+ -j DROP
-I PREROUTING -j VCN-CNI-PRE
-I FORWARD -j VCN-CNI-GUARD
COMMIT
*nat
:VCN-CNI-POST - [0:0]
-A VCN-CNI-POST -o ens3 -m connmark --mark 0x80/0x80 -m conntrack --ctstate DNAT --ctdir ORIGINAL -j MASQUERADE --random-fully
-A VCN-CNI-POST -o ens5 -m connmark --mark 0x80/0x80 -m conntrack --ctstate DNAT --ctdir ORIGINAL -j MASQUERADE --random-fully
-A POSTROUTING -j VCN-CNI-POST
COMMIT
`);
  const six = renderRuleset(inet6, chainOwner);
  expect(six).toContain('-A VCN-CNI-GUARD -d fe80::/10 -i oci+ -j DROP');
  expect(six).not.toMatch(/127\.0\.0\.0|169\.254|dport 123/);
});

describe('with translation', () => {
  const plan = planFilter(node, withSnat);

  it('excludes the VCN and the link-local networks always', () => {
    // 10.88.0.0/16 lies within 10.0.0.0/8.
    const egress = plan.iptables.inet.chains.find(({ name }) => name === 'VCN-CNI-EGRESS');
    expect(egress?.rules).toEqual([
      '-d 10.0.0.0/8 -i oci+ -j RETURN',
      '-d 169.254.0.0/16 -i oci+ -j RETURN',
      '-d 192.0.2.1/32 -i oci+ -j RETURN',
      '-i oci+ -m addrtype --dst-type LOCAL -j RETURN',
      '-i oci+ -j CONNMARK --set-xmark 0x80/0x80',
      '-i oci+ -j MARK --set-xmark 0x80/0x80',
    ]);
  });

  it('looks nothing up in a set of intervals, which is empty for a moment while the table is replaced', () => {
    expect(JSON.stringify(plan.nftables.sets)).not.toContain('interval');
  });

  it('chooses after DNAT, never what the node itself answers', () => {
    const chains = plan.nftables.chains.map(({ name, rules }) => [name, rules.map((r) => r.text)]);
    expect(Object.fromEntries(chains)).toMatchObject({
      egress: [
        'iifname "oci*" ct state new ct direction original ip daddr != 10.0.0.0/8 ip daddr != 169.254.0.0/16 ip daddr != 192.0.2.1 fib daddr type != local ct mark set ct mark | 0x80',
        'iifname "oci*" ct state new ct direction original ip6 daddr != fd00:88::/48 ip6 daddr != fd00:c1::/64 ip6 daddr != fe80::/10 fib daddr type != local ct mark set ct mark | 0x80',
        'iifname "oci*" ct direction original ct mark & 0x80 == 0x80 meta mark set meta mark | 0x80',
      ],
      postrouting: [
        'oifname "ens3" ip saddr 10.88.65.0/28 meta mark & 0x80 == 0x80 snat ip to 10.88.0.11 fully-random',
        'oifname "ens3" ip saddr 10.88.66.3 meta mark & 0x80 == 0x80 snat ip to 10.88.0.11 fully-random',
        'oifname "ens3" ip6 saddr fd00:88:0:2::/80 meta mark & 0x80 == 0x80 snat ip6 to fd00:88::11 fully-random',
        'oifname @vnics ct direction original ct status dnat ct mark & 0x80 == 0x80 masquerade fully-random',
      ],
    });
  });

  it('translates nothing in a family without a primary address or pods', () => {
    const four = { ...node.primary, addresses: { inet: '10.88.0.11' } };
    const text = JSON.stringify(planFilter({ ...node, primary: four }, withSnat).nftables);
    expect(text).toContain('snat ip to 10.88.0.11');
    expect(text).not.toContain('snat ip6');
    const bare = planFilter({ ...node, secondaries: [] }, withSnat).nftables;
    expect(bare.chains.map(({ name }) => name)).not.toContain('egress');
  });
});

it('leaves the guard out where it is switched off', () => {
  const plan = planFilter(node, { ...defaultSettings, metadataGuard: false });
  expect(JSON.stringify(plan)).not.toContain('169.254');
});

it.each<[string, Partial<NodeFacts>, object]>([
  ['VNIC link name "ens+": wanted', { primary: { ...node.primary, name: 'ens+' } }, {}],
  ['interfacePrefix "": wanted', {}, { interfacePrefix: '' }],
  ['interfacePrefix "ociocioci": wanted', {}, { interfacePrefix: 'ociocioci' }],
  ['interfacePrefix "e"*": wanted', {}, { interfacePrefix: 'e"*' }],
  ['mark 192: wanted one bit', {}, { mark: 0xc0 }],
  ['mark 0: wanted one bit', {}, { mark: 0 }],
  ['snat.exclude: "10.0.0.0/33" is no CIDR', {}, { snat: { exclude: ['10.0.0.0/33'] } }],
  ['vcnCidrs: "vcn" is no CIDR', { vcnCidrs: ['vcn'] }, { snat: { exclude: [] } }],
])('refuses with: %s', (message, facts, settings) => {
  expect(() => planFilter({ ...node, ...facts }, { ...defaultSettings, ...settings })).toThrow(
    message,
  );
});
