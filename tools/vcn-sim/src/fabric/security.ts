import type { Chain, Rule } from '@vcn-cni/nftables';
import type { CloudFacts } from '../cloud/facts.ts';
import type { SecurityRule } from '../cloud/security-rule.ts';
import { type Family, families, familyOf, type VnicView } from './vnic-view.ts';

const words = {
  inet: { header: 'ip', protocol: 'ipv4' },
  inet6: { header: 'ip6', protocol: 'ipv6' },
} as const;

export const chainOf = (direction: SecurityRule['direction'], link: string): string =>
  `${direction}-${link}`;

/** The union of the subnet's lists and the VNIC's groups: one line that allows is enough. */
function rulesOf({ facts, subnet }: VnicView, security: CloudFacts['security']): SecurityRule[] {
  const ids = new Set([...subnet.securityListIds, ...facts.nsgIds]);
  return security.filter(({ id }) => ids.has(id)).flatMap(({ rules }) => rules);
}

/** The packets that a rule speaks of, as nft matches: one per family that it can hold for. */
function matches(
  rule: SecurityRule,
  vnics: readonly VnicView[],
): { family: Family; text: string }[] {
  return families.flatMap((family) => {
    const peer = peerMatch(rule, family, vnics);
    const protocol = protocolMatch(rule, family);
    if (peer === undefined || protocol === undefined) return [];
    return [{ family, text: [peer, protocol].filter(Boolean).join(' ') }];
  });
}

function peerMatch(
  { peer, direction }: SecurityRule,
  family: Family,
  vnics: readonly VnicView[],
): string | undefined {
  const field = direction === 'ingress' ? 'saddr' : 'daddr';
  const { header, protocol } = words[family];
  if ('cidr' in peer) {
    if (familyOf(peer.cidr) !== family) return undefined;
    if (peer.cidr.endsWith('/0')) return `meta nfproto ${protocol}`;
    return `${header} ${field} ${peer.cidr}`;
  }
  const members = vnics.filter(({ facts }) => facts.nsgIds.includes(peer.nsgId));
  const cidrs = members.flatMap((vnic) => vnic.cidrs[family]);
  return cidrs.length === 0 ? undefined : `${header} ${field} { ${cidrs.join(', ')} }`;
}

/** Empty: every protocol. */
function protocolMatch(rule: SecurityRule, family: Family): string | undefined {
  switch (rule.protocol) {
    case 'all':
      return '';
    case 'icmp':
      return family === 'inet' ? icmpMatch(rule, 'icmp', 'icmp') : undefined;
    case 'icmpv6':
      return family === 'inet6' ? icmpMatch(rule, 'icmpv6', 'ipv6-icmp') : undefined;
    default:
      if (rule.ports === undefined) return `meta l4proto ${rule.protocol}`;
      return `${rule.protocol} dport ${rule.ports.min}-${rule.ports.max}`;
  }
}

function icmpMatch({ icmp }: SecurityRule, header: string, protocol: string): string {
  if (icmp === undefined) return `meta l4proto ${protocol}`;
  const code = icmp.code === undefined ? '' : ` ${header} code ${icmp.code}`;
  return `${header} type ${icmp.type}${code}`;
}

/** What may leave a VNIC goes on to the next check; what may come in is through. */
export function securityChains(
  vnics: readonly VnicView[],
  security: CloudFacts['security'],
): Chain[] {
  return vnics.flatMap((vnic) =>
    (['egress', 'ingress'] as const).map((direction) => ({
      name: chainOf(direction, vnic.link),
      rules: [
        ...rulesOf(vnic, security)
          .filter((rule) => rule.direction === direction)
          .flatMap((rule) => matches(rule, vnics))
          .map(({ text }) => ({ text: `${text} ${direction === 'egress' ? 'return' : 'accept'}` })),
        { text: 'drop' },
      ],
    })),
  );
}

/** Connections that stateless rules speak of are not followed, so that their replies are judged alone. */
export function statelessRules(
  vnics: readonly VnicView[],
  security: CloudFacts['security'],
): Rule[] {
  return vnics.flatMap((vnic) =>
    rulesOf(vnic, security)
      .filter(({ stateless }) => stateless)
      .flatMap((rule) => matches(rule, vnics).map((match) => ({ rule, match })))
      .flatMap(({ rule, match: { family, text } }) => {
        if (rule.direction === 'egress') return `iifname "${vnic.link}" ${text} notrack`;
        const cidrs = vnic.cidrs[family];
        if (cidrs.length === 0) return [];
        return `${words[family].header} daddr { ${cidrs.join(', ')} } ${text} notrack`;
      })
      .map((text) => ({ text })),
  );
}
