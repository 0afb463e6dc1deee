import type { Family } from '@vcn-cni/netlink';
import type { BaseChain, Chain, Rule, Table } from '@vcn-cni/nftables';
import { type FilterFacts, families, type Snat } from './filter-facts.ts';
import { filterTable, guarded, metadataAddress } from './names.ts';

/**
 * The filter as one table of base chains. An ACCEPT elsewhere ends only the chain it stands in, so nobody's rules and
 * no order of chains can cut these off.
 */
export function nftablesForm(facts: FilterFacts): Table {
  const egress = families.flatMap((family) => {
    const snat = facts.snat[family];
    return snat === undefined ? [] : [{ snat, protocol: protocols[family] }];
  });
  return {
    family: 'inet',
    name: filterTable,
    // Never an interval set: while its table is replaced, a packet on its way finds nothing in the old one.
    sets: [{ name: 'vnics', type: 'ifname', elements: facts.vnics }],
    chains: [
      base('antispoof', hook('filter', 'prerouting', -310), antispoof(facts)),
      base('connmark', hook('filter', 'prerouting', -151), connmark(facts)),
      ...(facts.guard ? [base('guard', hook('filter', 'forward', -151), guard(facts))] : []),
      base('postrouting', hook('nat', 'postrouting', 110), [
        ...egress.flatMap(({ snat, protocol }) => translate(facts, snat, protocol)),
        // The VCN drops a source that is not the VNIC's; this connection came in by the primary and was sent on.
        `oifname @vnics ct direction original ct status dnat ct mark & ${facts.mark} == ${facts.mark} masquerade fully-random`,
      ]),
      ...(egress.length > 0
        ? [
            base('egress', hook('filter', 'prerouting', -90), [
              ...egress.map(({ snat, protocol }) => select(facts, snat, protocol)),
              `iifname "${facts.prefix}*" ct direction original ct mark & ${facts.mark} == ${facts.mark} meta mark set meta mark | ${facts.mark}`,
            ]),
          ]
        : []),
    ],
  };
}

function antispoof({ prefix }: FilterFacts): string[] {
  return [
    `iifname "${prefix}*" ip daddr 127.0.0.0/8 drop`,
    `iifname "${prefix}*" fib saddr . iif oif 0 drop`,
  ];
}

/** Direction, not state: a connection begun while these rules were absent is marked by its next packet. */
function connmark({ primary, mark }: FilterFacts): string[] {
  return [
    `iifname "${primary}" ct direction original ct mark set ct mark | ${mark}`,
    `ct direction reply ct mark & ${mark} == ${mark} meta mark set meta mark | ${mark}`,
  ];
}

/** In the forward hook: what is for the node itself (NodeLocal DNS) does not pass, what a DNAT made of a packet does. */
function guard({ prefix }: FilterFacts): string[] {
  const from = `iifname "${prefix}*"`;
  return [
    `${from} ip daddr ${metadataAddress.inet} udp dport { 53, 123 } accept`,
    `${from} ip daddr ${metadataAddress.inet} tcp dport 53 accept`,
    ...guarded.inet.map((cidr) => `${from} ip daddr ${cidr} drop`),
    `${from} ip6 daddr ${metadataAddress.inet6} udp dport 53 accept`,
    `${from} ip6 daddr ${metadataAddress.inet6} tcp dport 53 accept`,
    ...guarded.inet6.map((cidr) => `${from} ip6 daddr ${cidr} drop`),
  ];
}

type Protocol = 'ip' | 'ip6';

const protocols: Record<Family, Protocol> = { inet: 'ip', inet6: 'ip6' };

/** After DNAT: what is for a service stays as it is, wherever the service's endpoint is in the VCN. */
function select({ prefix, mark }: FilterFacts, { exclude }: Snat, protocol: Protocol): string {
  const elsewhere = exclude.map((cidr) => `${protocol} daddr != ${cidr}`).join(' ');
  return `iifname "${prefix}*" ct state new ct direction original ${elsewhere} fib daddr type != local ct mark set ct mark | ${mark}`;
}

function translate({ primary, mark }: FilterFacts, snat: Snat, protocol: Protocol): string[] {
  return snat.pods.map(
    (cidr) =>
      `oifname "${primary}" ${protocol} saddr ${cidr} meta mark & ${mark} == ${mark} snat ${protocol} to ${snat.to} fully-random`,
  );
}

function base(name: string, at: BaseChain, rules: string[]): Chain {
  return { name, base: at, rules: rules.map((text): Rule => ({ text })) };
}

function hook(type: BaseChain['type'], at: BaseChain['hook'], priority: number): BaseChain {
  return { type, hook: at, priority };
}
