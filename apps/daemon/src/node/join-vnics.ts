import type { LinkFact } from '@vcn-cni/netlink';
import {
  aliasPrefix,
  type NodeFacts,
  type SecondaryFacts,
  vlanLinkName,
} from '@vcn-cni/pod-network';
import type { Offer, SourceVnic } from './offer.ts';
import type { Slots } from './slots.ts';

/** What the node is with its VNICs, and those whose link is not there. */
export interface JoinedNode {
  node: NodeFacts;
  missing: SourceVnic[];
}

/**
 * The VNICs that a source told of, each with its link of this host. Pure.
 * @param base the node without secondary VNICs.
 * @param slots of every VNIC of the offer.
 */
export function joinVnics(
  base: NodeFacts,
  { vnics, blocks }: Offer,
  links: readonly LinkFact[],
  slots: Slots,
): JoinedNode {
  const missing: SourceVnic[] = [];
  const blocksOf = (id: string) => blocks.filter(({ vnic }) => vnic === id).map(({ cidr }) => cidr);
  const secondaries = vnics.flatMap((vnic): SecondaryFacts[] => {
    const link = linkOf(vnic, base, links);
    if (link === undefined) {
      missing.push(vnic);
      return [];
    }
    const { id, mac, addresses, gateways } = vnic;
    const slot = slots.get(id)!;
    return [
      { ...link, id, mac, mtu: base.primary.mtu, addresses, gateways, slot, blocks: blocksOf(id) },
    ];
  });
  const primary = { ...base.primary, blocks: blocksOf(base.primary.id) };
  return { node: { ...base, primary, secondaries }, missing };
}

function linkOf(
  { mac, trunk }: SourceVnic,
  { primary }: NodeFacts,
  links: readonly LinkFact[],
): Pick<SecondaryFacts, 'name' | 'trunk'> | undefined {
  // Links of ours bear the MAC of a VNIC or of a pod: neither is a card.
  const cards = links.filter(({ alias }) => !alias?.startsWith(aliasPrefix));
  const nameOf = (wanted: string) => cards.find((link) => link.mac === wanted)?.name;
  if (trunk === undefined) {
    const name = nameOf(mac);
    return name === undefined ? undefined : { name };
  }
  const port = trunk.portMac === undefined ? primary.name : nameOf(trunk.portMac);
  if (port === undefined) return undefined;
  const made = { port, vlanId: trunk.vlanId };
  return { name: vlanLinkName(made), trunk: made };
}
