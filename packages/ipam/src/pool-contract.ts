import type { AddressCounts, BlockCounts } from './counts.ts';
import type { AddressState } from './describe-address.ts';
import type { Family } from './family.ts';
import type {
  AddressAsk,
  AttachmentKey,
  Block,
  CoolingAddress,
  Lease,
  ReleasedAddress,
} from './model.ts';

export interface PoolOptions {
  /** How long a released address is not leased again, in milliseconds. Default 30,000. */
  cooldownMs?: number;
  /** Families that the source of blocks can ever give; an ask for another is refused at once. Default both. */
  families?: readonly Family[];
}

/** What a pool needs of its surroundings. */
export interface PoolDeps {
  /** Milliseconds of a clock that never goes back and outlives the process: CLOCK_BOOTTIME. */
  now(): number;
  /** Runs the callback once, after that many milliseconds; the answer cancels it. Default: setTimeout. */
  after?(ms: number, callback: () => void): () => void;
  /** Told of addresses whose cooldown is over, so that records of it can go. Must not throw. */
  cooled?(addresses: readonly string[]): void;
  /** Told when more or fewer are leased, free or waiting than before. Must not throw, nor call the pool. */
  changed?(): void;
}

export interface FamilyCounts extends AddressCounts {
  /** How many asks wait for an address of it. */
  waiting: number;
  /** Since when no address of it is free, in milliseconds of the clock; absent while there is one, or no block. */
  exhaustedSince?: number;
}

/** Sums over both families, and each. */
export interface PoolCounts extends AddressCounts {
  /** How many asks wait. */
  waiting: number;
  /** The earlier of both families'. */
  exhaustedSince?: number;
  families: Record<Family, FamilyCounts>;
}

/** Addresses and who has them. Everything but `acquire` is done when the call returns. */
export interface Pool {
  /**
   * Leases one address of each wanted family, or none at all: of the VNIC with most free addresses, the next never
   * used one, else the one released longest ago. Waits up to `waitMs` (0: not at all), first come, first served among
   * those who want the same families; woken by the pool. A requested address is had at once or not at all.
   * Once resolved the lease is booked: `release` or `abandon` it, even if the signal aborts later.
   * Rejects with PoolError; then nothing is booked.
   */
  acquire(ask: AddressAsk, options: { signal: AbortSignal; waitMs: number }): Promise<Lease>;
  /** Ends the lease; its addresses cool. Empty if there is none. */
  release(key: AttachmentKey): ReleasedAddress[];
  /** Ends a lease that never reached the kernel: its addresses are free at once. */
  abandon(key: AttachmentKey): void;
  /**
   * Books what a store recorded, whether its blocks are known yet or not. Cooldowns that are over, or of addresses
   * that are leased, are passed over. To be called before the first `acquire`.
   * Throws PoolError `invalid-record` if a lease contradicts another or what is booked; then nothing is booked.
   */
  restore(leases: readonly Lease[], cooling: readonly CoolingAddress[]): void;
  /**
   * What was leased before is not known: every address that is not leased cools, counted from `since` (default now),
   * those of blocks that are added meanwhile too. Give the recorded `since` again after a restart.
   */
  quarantine(since?: number): void;
  /** Replaces the blocks; leases outlive their block. Throws PoolError `invalid-block` and changes nothing. */
  setBlocks(blocks: readonly Block[]): void;
  counts(): PoolCounts;
  /** Every block, and those removed ones of which addresses are still in use. */
  blocks(): BlockCounts[];
  lease(key: AttachmentKey): Lease | undefined;
  holder(address: string): AttachmentKey | undefined;
  /** What the pool knows of an address; undefined if the text is none. */
  describe(address: string): AddressState | undefined;
  /** Addresses that cool one by one; those that `quarantine` holds back as a whole are in the counts only. */
  cooling(): CoolingAddress[];
  /** Rejects all who wait, and stops the timers. */
  close(): void;
}
