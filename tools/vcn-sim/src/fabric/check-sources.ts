import type { Chain, Rule } from '@vcn-cni/nftables';
import { families, type VnicView } from './vnic-view.ts';

/** Mark of a packet that must not go on. */
export const badSource = '0x1';

const words = {
  inet: { header: 'ip', protocol: 'ipv4', always: [] },
  // What a guest sends before it has an address, and on its own link.
  inet6: { header: 'ip6', protocol: 'ipv6', always: ['fe80::/10', '::'] },
} as const;

/**
 * Marks what leaves a VNIC with a source that the VNIC does not hold: a rule for each VNIC, and a chain for it to go to.
 * One rule for each address, no set of them: for packets under way while a table is replaced the kernel finds nothing
 * in the sets of the old one any more.
 */
export function checkSources(vnics: readonly VnicView[]): { rules: Rule[]; chains: Chain[] } {
  const checked = vnics.filter(({ facts }) => !facts.skipSourceDestCheck);
  const chainOf = (link: string) => `source-${link}`;
  return {
    rules: checked.map(({ link }) => ({ text: `iifname "${link}" goto ${chainOf(link)}` })),
    chains: checked.map(({ link, cidrs }) => ({
      name: chainOf(link),
      rules: families.flatMap((family) => {
        const { header, protocol, always } = words[family];
        return [
          ...[...always, ...cidrs[family]].map((cidr) => ({
            text: `${header} saddr ${cidr} accept`,
          })),
          { text: `meta nfproto ${protocol} meta mark set ${badSource}` },
        ];
      }),
    })),
  };
}
