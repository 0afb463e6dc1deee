import type { Chain } from '@vcn-cni/nftables';
import type { KubeService } from './kube-service.ts';
import { serviceChains } from './nftables-chains.ts';
import { fixedChains } from './nftables-fixed.ts';
import { serviceSets } from './nftables-sets.ts';
import type { Family, ProxyNode } from './proxy-node.ts';
import { servicePorts } from './service-port.ts';

/** A table of kube-proxy's in nftables mode. */
export interface NftablesTable {
  family: 'ip' | 'ip6';
  name: 'kube-proxy';
  sets: ProxySet[];
  chains: Chain[];
}

/** A set, or a map to verdicts. */
export interface ProxySet {
  kind: 'set' | 'map';
  name: string;
  /** nft data types, joined by dots. */
  type: string;
  /** Filled by rules; elements live this long. */
  timeoutSeconds?: number;
  comment?: string;
  elements: string[];
}

/**
 * What kube-proxy 1.33 writes on a node in nftables mode for one family, each rule as nft lists it. The same Services
 * give the same table.
 */
export function nftablesRules(
  services: readonly KubeService[],
  node: ProxyNode,
  family: Family,
): NftablesTable {
  const ports = servicePorts(services, node, family);
  return {
    family: family === 'inet' ? 'ip' : 'ip6',
    name: 'kube-proxy',
    sets: serviceSets(ports, node, family),
    chains: [
      ...fixedChains(node, family),
      ...ports.flatMap((port) => serviceChains(port, node, family)),
    ],
  };
}
