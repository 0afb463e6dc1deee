import { formatAddress } from './address.ts';
import { BlockIndex } from './block-index.ts';
import { type BlockState, createBlockState, following, offers, sameBlock } from './block-state.ts';
import type { Entry } from './entry.ts';
import { type Family, families } from './family.ts';
import { Heap } from './heap.ts';
import { formatKey } from './key.ts';
import type { AttachmentKey, Block } from './model.ts';
import { PoolError } from './pool-error.ts';
import type { RecordedAddress } from './records.ts';
import { createShelves, type Shelf, type VnicShelves } from './shelf.ts';

/** One address that a decision chose. */
export interface Choice {
  readonly block: BlockState;
  readonly value: bigint;
  /** Its entry, if it was leased before. */
  readonly rested?: Entry;
  /** Whether it is the block's next fresh one, rather than one asked for. */
  readonly next?: boolean;
}

/**
 * The books of a pool: which addresses are leased, cool or rest, and nothing about those never used. This class alone
 * changes them; `allocate` and `countBlocks` read them. It knows no clock and no waiting.
 */
export class Ledger {
  /** Every address in use or used before; what is not here is fresh. */
  readonly known: Record<Family, Map<bigint, Entry>> = { inet: new Map(), inet6: new Map() };
  readonly leases = new Map<string, Entry[]>();
  /** Leased or cooling addresses whose block was removed. */
  readonly orphans = new Set<Entry>();
  /** The one whose cooldown ends first, and of several at once the one released first. */
  readonly cooling = new Heap<Entry>(
    (a, b) => a.until! < b.until! || (a.until === b.until && a.released < b.released),
  );
  blocks = new Map<string, BlockState>();
  index = new BlockIndex([]);
  /** Per VNIC, what is in service. */
  readonly vnics = new Map<string, VnicShelves>();
  /** Until when all fresh addresses count as cooling; 0 if they do not. */
  frozenUntil = 0;
  #releases = 0;

  /** How many addresses could be leased now. */
  free(shelves: VnicShelves): Record<Family, number> {
    const count = ({ fresh, rested }: Shelf) =>
      rested.length + (this.frozenUntil === 0 ? fresh : 0);
    return { inet: count(shelves.inet), inet6: count(shelves.inet6) };
  }

  /** Whether a block of the family is in service. */
  serves(family: Family): boolean {
    return [...this.vnics.values()].some((shelves) => shelves[family].blocks.length > 0);
  }

  /** Books the choices as a lease of the key. */
  take(key: AttachmentKey, choices: readonly Choice[]): Entry[] {
    const entries = choices.map(({ block, value, rested, next }) => {
      if (next) block.cursor = following(block, value);
      if (!rested) return this.#enter(block.cidr.family, value, block.block, key, undefined);
      block.shelf!.rested.remove(rested);
      rested.key = key;
      block.leased++;
      return rested;
    });
    this.leases.set(formatKey(key), entries);
    return entries;
  }

  /** Books a recorded lease; the addresses need not be of a known block. */
  restoreLease(key: AttachmentKey, addresses: readonly RecordedAddress[]): void {
    const entries = addresses.map((recorded) =>
      this.#enter(recorded.family, recorded.value, recorded.block, key, undefined),
    );
    this.leases.set(formatKey(key), entries);
  }

  /** Books a recorded cooldown. */
  restoreCooling({ family, value, block }: RecordedAddress, until: number): void {
    this.cooling.push(this.#enter(family, value, block, undefined, until));
  }

  /** Ends a lease: its addresses cool until then, or are free at once. */
  release(key: AttachmentKey, until?: number): Entry[] {
    const id = formatKey(key);
    const entries = this.leases.get(id) ?? [];
    this.leases.delete(id);
    for (const entry of entries) {
      entry.key = undefined;
      if (entry.block) entry.block.leased--;
      if (until === undefined) this.#rest(entry);
      else this.#cool(entry, until);
    }
    return entries;
  }

  /** Ends every cooldown that is over; tells the addresses. */
  thaw(now: number): string[] {
    if (this.frozenUntil <= now) this.frozenUntil = 0;
    const addresses: string[] = [];
    for (let entry = this.cooling.first; entry && entry.until! <= now; entry = this.cooling.first) {
      this.cooling.shift();
      entry.until = undefined;
      if (entry.block) entry.block.cooling--;
      this.#rest(entry);
      addresses.push(entry.address);
    }
    return addresses;
  }

  /** When the next cooldown ends. */
  nextThaw(): number | undefined {
    const first = this.cooling.first?.until ?? Number.POSITIVE_INFINITY;
    const next = Math.min(first, this.frozenUntil || Number.POSITIVE_INFINITY);
    return Number.isFinite(next) ? next : undefined;
  }

  /** Sends every free address into cooldown. */
  freeze(until: number): void {
    this.frozenUntil = Math.max(this.frozenUntil, until);
    for (const shelves of this.vnics.values()) {
      for (const family of families) {
        const { rested } = shelves[family];
        for (let entry = rested.first; entry; entry = rested.first) {
          rested.remove(entry);
          this.#cool(entry, until);
        }
      }
    }
  }

  /**
   * Replaces the blocks. What is leased or cools stays booked, whatever happens to its block. A block that is new or
   * says something new starts again with its first address that is not in use.
   */
  setBlocks(blocks: readonly Block[]): void {
    const next = new Map<string, BlockState>();
    for (const block of blocks) {
      if (next.has(block.cidr)) {
        throw new PoolError('invalid-block', `block ${block.cidr} is listed twice; remove one`);
      }
      const present = this.blocks.get(block.cidr);
      const same = present && sameBlock(present.block, block);
      next.set(block.cidr, same ? present : createBlockState(block));
    }
    this.index = new BlockIndex(next.values());
    const gone = [...this.blocks.values()].filter((state) => next.get(state.cidr.text) !== state);
    if (gone.length > 0) this.#evict(new Set(gone));
    this.blocks = next;
    this.#arrange();
    for (const entry of this.orphans) this.#bind(entry);
  }

  #evict(gone: ReadonlySet<BlockState>): void {
    for (const family of families) {
      for (const [value, entry] of this.known[family]) {
        if (!entry.block || !gone.has(entry.block)) continue;
        if (entry.key || entry.until !== undefined) {
          entry.block = undefined;
          this.orphans.add(entry);
        } else {
          entry.block.shelf!.rested.remove(entry);
          this.known[family].delete(value);
        }
      }
    }
  }

  /** Puts the blocks on their shelves. */
  #arrange(): void {
    for (const shelves of this.vnics.values()) {
      for (const family of families) {
        Object.assign(shelves[family], { blocks: [], firstFresh: 0, fresh: 0 });
      }
    }
    const inService = new Set<string>();
    for (const state of this.blocks.values()) {
      const { vnic, draining } = state.block;
      if (draining) continue;
      inService.add(vnic);
      const shelves = this.vnics.get(vnic) ?? createShelves();
      this.vnics.set(vnic, shelves);
      const shelf = shelves[state.cidr.family];
      state.shelf = shelf;
      state.position = shelf.blocks.push(state) - 1;
      shelf.fresh += state.fresh;
    }
    for (const vnic of this.vnics.keys()) if (!inService.has(vnic)) this.vnics.delete(vnic);
  }

  #enter(
    family: Family,
    value: bigint,
    { cidr, vnic }: Pick<Block, 'cidr' | 'vnic'>,
    key: AttachmentKey | undefined,
    until: number | undefined,
  ): Entry {
    const address = formatAddress(family, value);
    const released = until === undefined ? 0 : this.#releases++;
    const entry: Entry = {
      family,
      value,
      address,
      block: undefined,
      cidr,
      vnic,
      key,
      until,
      released,
    };
    this.known[family].set(value, entry);
    this.orphans.add(entry);
    this.#bind(entry);
    return entry;
  }

  /** Books an orphan to the block that holds it, if there is one. */
  #bind(entry: Entry): void {
    const state = this.index.find(entry.family, entry.value);
    if (!state) return;
    this.orphans.delete(entry);
    entry.block = state;
    entry.cidr = state.cidr.text;
    entry.vnic = state.block.vnic;
    if (entry.key) state.leased++;
    else state.cooling++;
    this.#occupy(state, entry.value, 1);
  }

  /** Counts an address of the block as known, or as unknown again. */
  #occupy(state: BlockState, value: bigint, by: 1 | -1): void {
    if (!offers(state, value)) {
      state.outside += by;
      return;
    }
    state.fresh -= by;
    if (!state.shelf) return;
    state.shelf.fresh -= by;
    if (by < 0) state.shelf.firstFresh = Math.min(state.shelf.firstFresh, state.position);
  }

  #cool(entry: Entry, until: number): void {
    entry.until = until;
    entry.released = this.#releases++;
    if (entry.block) entry.block.cooling++;
    this.cooling.push(entry);
  }

  /** An address that nobody holds any more: remembered if its block does so, else forgotten. */
  #rest(entry: Entry): void {
    const { block, family, value } = entry;
    if (block?.shelf && block.remembers && offers(block, value)) {
      block.shelf.rested.push(entry);
      return;
    }
    this.known[family].delete(value);
    this.orphans.delete(entry);
    if (block) this.#occupy(block, value, -1);
  }
}
