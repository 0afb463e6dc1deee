import type { AttachmentKey } from './model.ts';

/**
 * Why a pool refused:
 * - `exhausted`: no address became free within the time waited.
 * - `no-family`: the pool has no block of a wanted family.
 * - `aborted`: the caller gave up, or the pool was closed; no address is taken.
 * - `duplicate-key`: the key holds a lease already, or waits for one.
 * - `requested-taken`: the requested address is held by another attachment (`holder`).
 * - `requested-cooling`: it was released and may not be leased again before `until`.
 * - `requested-foreign`: it is in no block that leases it: none at all, a draining one, or excluded.
 * - `invalid-ask`, `invalid-block`, `invalid-record`: the input is wrong; the message names the field.
 */
export type PoolErrorReason =
  | 'exhausted'
  | 'no-family'
  | 'aborted'
  | 'duplicate-key'
  | 'requested-taken'
  | 'requested-cooling'
  | 'requested-foreign'
  | 'invalid-ask'
  | 'invalid-block'
  | 'invalid-record';

export interface PoolErrorFacts {
  /** The address that is the matter. */
  address?: string;
  /** Who holds it. */
  holder?: AttachmentKey;
  /** When it ends cooling, in milliseconds of the pool's clock. */
  until?: number;
}

/** Everything that a pool throws or rejects with. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly reason: PoolErrorReason;
  readonly address?: string;
  readonly holder?: AttachmentKey;
  readonly until?: number;

  constructor(reason: PoolErrorReason, message: string, facts: PoolErrorFacts = {}) {
    super(message);
    this.reason = reason;
    Object.assign(this, facts);
  }
}
