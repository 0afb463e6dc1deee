import { Address4, Address6 } from 'ip-address';
import { familyOf } from './link-local.ts';
import type { NodeFacts } from './node.ts';

/**
 * The block and VNIC that carry an address. An address of no block belongs to the primary and to a block
 * of itself: its block was given back while it was held.
 */
export function blockOf(address: string, node: NodeFacts): { block: string; vnic: string } {
  for (const { id, blocks } of [node.primary, ...node.secondaries]) {
    const block = blocks.find((candidate) => contains(candidate, address));
    if (block !== undefined) return { block, vnic: id };
  }
  return { block: address, vnic: node.primary.id };
}

function contains(block: string, address: string): boolean {
  const family = familyOf(address);
  if (familyOf(block) !== family) return false;
  return family === 'inet'
    ? new Address4(address).isInSubnet(new Address4(block))
    : new Address6(address).isInSubnet(new Address6(block));
}
