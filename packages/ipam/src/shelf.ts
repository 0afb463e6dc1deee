import type { BlockState } from './block-state.ts';
import { Chain } from './chain.ts';
import type { Entry } from './entry.ts';
import type { Family } from './family.ts';

/** The addresses of one family that one VNIC has to give. */
export interface Shelf {
  /** In the order in which they were listed. */
  blocks: BlockState[];
  /** No block before this position has a fresh address. */
  firstFresh: number;
  /** Sum over the blocks. */
  fresh: number;
  /** Free addresses that were leased before, the one released longest ago first. */
  readonly rested: Chain<Entry>;
}

/** What one VNIC has to give. */
export type VnicShelves = Record<Family, Shelf>;

export function createShelves(): VnicShelves {
  return { inet: createShelf(), inet6: createShelf() };
}

function createShelf(): Shelf {
  return { blocks: [], firstFresh: 0, fresh: 0, rested: new Chain() };
}

/** The first block with a fresh address; there must be one (`fresh` > 0). */
export function freshBlock(shelf: Shelf): BlockState {
  while (shelf.blocks[shelf.firstFresh]!.fresh === 0) shelf.firstFresh++;
  return shelf.blocks[shelf.firstFresh]!;
}
