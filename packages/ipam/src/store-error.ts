/**
 * Why a store failed:
 * - `unusable`: its folder or file cannot be opened or written; the message has path and remedy.
 * - `full`: no space is left.
 * - `conflict`: a record is there that should not be, or the other way round: a defect of the caller.
 * - `closed`: it was closed.
 */
export type StoreErrorReason = 'unusable' | 'full' | 'conflict' | 'closed';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason: StoreErrorReason;
  /** The file or folder that is the matter. */
  readonly path?: string;

  constructor(
    reason: StoreErrorReason,
    message: string,
    { path, cause }: { path?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.reason = reason;
    if (path !== undefined) this.path = path;
  }
}
