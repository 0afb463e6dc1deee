import type { BaseChain, Chain } from '@vcn-cni/nftables';
import { type Family, familyOf, type ProxyNode } from './proxy-node.ts';

/** The chains that are there whatever Services there are. */
export function fixedChains(node: ProxyNode, family: Family): Chain[] {
  const ip = family === 'inet' ? 'ip' : 'ip6';
  const key = 'meta l4proto . th dport';
  const toNode = nodePortMatch(node, family, ip);
  return [
    hooked('filter-prerouting-pre-dnat', 'filter', 'prerouting', -110, ['firewall-check']),
    hooked('filter-output-pre-dnat', 'filter', 'output', -110, ['firewall-check']),
    hooked('filter-input', 'filter', 'input', 0, [
      'nodeport-endpoints-check',
      'service-endpoints-check',
    ]),
    hooked('filter-forward', 'filter', 'forward', 0, [
      'service-endpoints-check',
      'cluster-ips-check',
    ]),
    hooked('filter-output', 'filter', 'output', 0, [
      'service-endpoints-check',
      'cluster-ips-check',
    ]),
    hooked('nat-prerouting', 'nat', 'prerouting', -100, ['services']),
    hooked('nat-output', 'nat', 'output', -100, ['services']),
    hooked('nat-postrouting', 'nat', 'postrouting', 100, ['masquerading']),
    chain('nodeport-endpoints-check', [`${toNode} ${key} vmap @no-endpoint-nodeports`]),
    chain('service-endpoints-check', [`${ip} daddr . ${key} vmap @no-endpoint-services`]),
    chain('firewall-check', [`${ip} daddr . ${key} vmap @firewall-ips`]),
    chain('services', [
      `${ip} daddr . ${key} vmap @service-ips`,
      `${toNode} ${key} vmap @service-nodeports`,
    ]),
    chain('masquerading', [
      'meta mark & 0x00004000 == 0x00000000 return',
      'meta mark set meta mark ^ 0x00004000',
      'masquerade fully-random',
    ]),
    {
      name: 'cluster-ips-check',
      rules: [
        {
          text: `${ip} daddr @cluster-ips reject`,
          comment: 'Reject traffic to invalid ports of ClusterIPs',
        },
        ...(node.serviceCidrs ?? [])
          .filter((cidr) => familyOf(cidr) === family)
          .map((cidr) => ({
            text: `${ip} daddr ${cidr} drop`,
            comment: 'Drop traffic to unallocated ClusterIPs',
          })),
      ],
    },
    chain('mark-for-masquerade', ['meta mark set meta mark | 0x00004000']),
    chain('reject-chain', ['reject']),
  ];
}

function nodePortMatch({ nodePortAddresses }: ProxyNode, family: Family, ip: string): string {
  if (nodePortAddresses !== 'all') return `${ip} daddr @nodeport-ips`;
  const loopback = family === 'inet' ? '127.0.0.0/8' : '::1';
  return `fib daddr type local ${ip} daddr != ${loopback}`;
}

const chain = (name: string, rules: string[]): Chain => ({
  name,
  rules: rules.map((text) => ({ text })),
});

/** Translation sees the first packet of a connection only, so that it need not ask. */
function hooked(
  name: string,
  type: BaseChain['type'],
  hook: BaseChain['hook'],
  priority: number,
  jumps: string[],
): Chain {
  const match = type === 'filter' ? 'ct state new ' : '';
  return {
    ...chain(
      name,
      jumps.map((to) => `${match}jump ${to}`),
    ),
    base: { type, hook, priority },
  };
}
