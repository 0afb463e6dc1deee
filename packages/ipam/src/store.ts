import type { AttachmentKey, CoolingAddress, Lease } from './model.ts';

/** What is kept of one attachment. */
export interface StoredAttachment {
  key: AttachmentKey;
  /** `intent`: written before the kernel was touched; `attached`: all of it is there. */
  phase: 'intent' | 'attached';
  lease: Lease;
  /** When its ADD began: CLOCK_BOOTTIME in nanoseconds. */
  startedAt: bigint;
  /** JSON of the owner, given back as it was; undefined comes back as null. */
  detail: unknown;
}

/** Who held an address, and when; in milliseconds of the store's clock. */
export interface PastHolder {
  key: AttachmentKey;
  leasedAt: number;
  releasedAt: number;
}

/**
 * The record of attachments and cooldowns. Each change is synchronous and durable when the call returns: the process
 * may be killed at any moment. Every method throws StoreError.
 */
export interface Store {
  /**
   * Why it is empty, if it is: `created` there was none; `other-boot` the pods it told of are gone; `quarantined` what
   * was there could not be read, so that running pods may be unknown to it.
   */
  readonly origin: 'existing' | 'created' | 'other-boot' | 'quarantined';
  /** Where the unreadable file was set aside, by this opening. */
  readonly quarantinedFile?: string;
  /** What was wrong with it. */
  readonly quarantineReason?: string;
  /**
   * When a store that could not be read was replaced by this one, in milliseconds of the store's clock; kept across
   * openings, so that a restart does not cut the cooldown short: give it to `Pool.quarantine`.
   */
  readonly quarantinedAt?: number;
  records(): StoredAttachment[];
  cooling(): CoolingAddress[];
  /** Writes a new record; throws StoreError `conflict` if the key has one. */
  intend(record: StoredAttachment): void;
  /** Sets phase `attached` and the detail; throws StoreError `conflict` if the key has no record. */
  attached(key: AttachmentKey, detail: unknown): void;
  /** Removes the record and writes its addresses as cooling, both or neither. */
  removed(key: AttachmentKey, cooling: readonly CoolingAddress[]): void;
  /** Forgets cooldowns. */
  cooled(addresses: readonly string[]): void;
  /** Who held the address before, the last one first; only the last few thousand leases of all addresses are kept. */
  history(address: string): PastHolder[];
  close(): void;
}
