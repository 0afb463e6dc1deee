import type { Rule } from '@vcn-cni/nftables';
import type { VnicView } from './vnic-view.ts';

/** Mark of a packet that must not go on. */
export const badSource = '0x1';

/** What a guest sends before it has an address, and on its own link. */
const always = ['fe80::/10', '::'];

/** Marks what leaves a VNIC with a source that the VNIC does not hold. */
export function checkSources(vnics: readonly VnicView[]): Rule[] {
  return vnics
    .filter(({ facts }) => !facts.skipSourceDestCheck)
    .flatMap(({ link, cidrs }) => [
      {
        text:
          cidrs.inet.length === 0
            ? `iifname "${link}" meta nfproto ipv4 meta mark set ${badSource}`
            : `iifname "${link}" ip saddr != { ${cidrs.inet.join(', ')} } meta mark set ${badSource}`,
      },
      {
        text: `iifname "${link}" ip6 saddr != { ${[...always, ...cidrs.inet6].join(', ')} } meta mark set ${badSource}`,
      },
    ]);
}
