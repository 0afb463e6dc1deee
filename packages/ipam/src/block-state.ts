import { parseAddress } from './address.ts';
import { type Cidr, parseCidr } from './cidr.ts';
import type { Block } from './model.ts';
import { PoolError } from './pool-error.ts';
import type { Shelf } from './shelf.ts';

/**
 * Up to this size a block remembers each address it ever leased, and in which order they were released. A larger one
 * forgets an address when its cooldown is over and goes on to the next: it comes back to it only after a whole round.
 */
const largestRemembered = 65_536n;

/** More than this are not offered of one block, so that counts stay exact numbers; each can still be requested. */
const mostOffered = 1n << 32n;

/** A block in the books of a pool: never an object per address that is not in use. */
export interface BlockState {
  readonly block: Block;
  readonly cidr: Cidr;
  readonly excluded: ReadonlySet<bigint>;
  readonly remembers: boolean;
  /** End of what is offered, not included. */
  readonly end: bigint;
  /** How many addresses are offered. */
  readonly capacity: number;
  /** Where it is in service; undefined while it drains. */
  shelf: Shelf | undefined;
  /** Place among the blocks of the shelf. */
  position: number;
  /** Where the search for the next unknown address goes on. */
  cursor: bigint;
  /** Offered addresses that the books do not know. */
  fresh: number;
  leased: number;
  cooling: number;
  /** Those of the leased and cooling that are not offered: requested beyond `end`, or excluded later. */
  outside: number;
}

/** Throws PoolError `invalid-block`. */
export function createBlockState(block: Block): BlockState {
  const cidr = parseCidr(block.cidr);
  if (!block.vnic) {
    throw new PoolError('invalid-block', `block ${block.cidr} has no vnic; name the VNIC it is of`);
  }
  const end = cidr.end - cidr.base > mostOffered ? cidr.base + mostOffered : cidr.end;
  const excluded = new Set<bigint>();
  let hidden = 0;
  for (const text of block.excluded ?? []) {
    const address = parseAddress(text);
    if (address?.family !== cidr.family || address.value < cidr.base || address.value >= cidr.end) {
      throw new PoolError(
        'invalid-block',
        `excluded ${JSON.stringify(text)} is not an address within its block ${block.cidr}; correct or remove it`,
      );
    }
    if (!excluded.has(address.value) && address.value < end) hidden++;
    excluded.add(address.value);
  }
  const capacity = Number(end - cidr.base) - hidden;
  return {
    block: { ...block },
    cidr,
    excluded,
    remembers: cidr.end - cidr.base <= largestRemembered,
    end,
    capacity,
    shelf: undefined,
    position: 0,
    cursor: cidr.base,
    fresh: capacity,
    leased: 0,
    cooling: 0,
    outside: 0,
  };
}

/** Whether the address is one that the block leases to those who ask for any. */
export function offers(state: BlockState, value: bigint): boolean {
  return value < state.end && !state.excluded.has(value);
}

/** The next offered address that is not in `known`; there must be one (`fresh` > 0). */
export function nextFresh(state: BlockState, known: { has(value: bigint): boolean }): bigint {
  let value = state.cursor;
  while (known.has(value) || state.excluded.has(value)) value = following(state, value);
  return value;
}

/** The address behind it, round and round. */
export function following(state: BlockState, value: bigint): bigint {
  return value + 1n === state.end ? state.cidr.base : value + 1n;
}

/** Whether both say the same. */
export function sameBlock(a: Block, b: Block): boolean {
  const [left, right] = [a.excluded ?? [], b.excluded ?? []];
  return (
    a.cidr === b.cidr &&
    a.vnic === b.vnic &&
    (a.draining ?? false) === (b.draining ?? false) &&
    left.length === right.length &&
    left.every((address, index) => address === right[index])
  );
}
