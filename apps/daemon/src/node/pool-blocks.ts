import { BlockList, isIPv6 } from 'node:net';
import type { Block } from '@vcn-cni/ipam';
import type { NodeFacts } from '@vcn-cni/pod-network';
import { HostError } from './host-error.ts';

/**
 * The blocks of a static pool.
 * @throws HostError for a block with an address of the node or its gateway: what no pod holds of a block is
 * refused on this host, and the node would be cut off.
 */
export function poolBlocks(node: NodeFacts, excluded: readonly string[]): Block[] {
  const { blocks, addresses, gateways, id } = node.primary;
  for (const cidr of blocks) {
    const own = Object.values(addresses).find((address) => holds(cidr, address));
    const gateway = Object.values(gateways).find((address) => holds(cidr, address));
    if (own === undefined && gateway === undefined) continue;
    const what = own === undefined ? `the gateway ${gateway}` : `the node's own address ${own}`;
    throw new HostError(
      `pool.blocks: ${cidr} contains ${what}; name blocks that belong to pods alone`,
    );
  }
  return blocks.map((cidr) => ({
    cidr,
    vnic: id,
    excluded: [...new Set(excluded.filter((address) => holds(cidr, address)))],
  }));
}

function holds(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  const type = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (type !== (isIPv6(network) ? 'ipv6' : 'ipv4')) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length), type);
  return list.check(address, type);
}
