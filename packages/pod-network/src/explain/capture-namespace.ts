import { parseSave } from '@vcn-cni/iptables';
import type { ActualState } from '@vcn-cni/netlink';
import { parseRuleset } from '@vcn-cni/nftables';
import type { NamespaceCapture } from './capture.ts';

/** What was read in one namespace, as the programs printed it. */
export interface NamespaceReading
  extends Pick<NamespaceCapture, 'name' | 'ipsets' | 'recent' | 'listeners'> {
  /** `snapshot({ learnedNeighbours: true, sysctls: capturedSysctls(links) })` of netlink's driver. */
  network: ActualState;
  /** Text of `iptables-save`; of two backends, both texts joined. Empty or absent: none. */
  iptablesSave?: string;
  ip6tablesSave?: string;
  /** Text of `nft -j list ruleset`. Absent: nftables is not there. */
  nftRuleset?: string;
}

/**
 * A capture of one namespace from what was read there; `peers` is empty, `pairVeths` fills it in.
 * @throws SaveError of iptables, RulesetError of nftables, for text that is not what those programs print.
 */
export function captureNamespace(reading: NamespaceReading): NamespaceCapture {
  const { iptablesSave = '', ip6tablesSave = '', nftRuleset, ...rest } = reading;
  return {
    ...rest,
    peers: {},
    iptables: {
      inet: parseSave(iptablesSave, { counters: false }),
      inet6: parseSave(ip6tablesSave, { counters: false }),
    },
    nftables: nftRuleset === undefined ? null : parseRuleset(nftRuleset),
  };
}
