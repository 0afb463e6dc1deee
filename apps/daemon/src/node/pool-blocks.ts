import { BlockList, isIPv6 } from 'node:net';
import type { Block } from '@vcn-cni/ipam';
import type { NodeFacts } from '@vcn-cni/pod-network';

/** The blocks of a static pool. The node's own addresses and its gateways are never a pod's. */
export function poolBlocks(node: NodeFacts, excluded: readonly string[]): Block[] {
  const { blocks, addresses, gateways, id } = node.primary;
  const taken = [...excluded, ...Object.values(addresses), ...Object.values(gateways)];
  return blocks.map((cidr) => ({
    cidr,
    vnic: id,
    excluded: [...new Set(taken.filter((address) => holds(cidr, address)))],
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
