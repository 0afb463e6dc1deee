/**
 * Why the metadata service was of no use:
 * - `unreachable`: no answer in time.
 * - `refused`: it answered with an error (`status`).
 * - `malformed`: what it answered is not what it documents; the message names the field.
 */
export type ImdsErrorReason = 'unreachable' | 'refused' | 'malformed';

/** Everything that a metadata client rejects with, but for the reason of a signal. */
export class ImdsError extends Error {
  override readonly name = 'ImdsError';
  readonly reason: ImdsErrorReason;
  readonly url: string;
  readonly status?: number;

  constructor(
    reason: ImdsErrorReason,
    url: string,
    message: string,
    { status, cause }: { status?: number; cause?: unknown } = {},
  ) {
    super(`metadata service: ${url}: ${message}`, cause === undefined ? {} : { cause });
    this.reason = reason;
    this.url = url;
    if (status !== undefined) this.status = status;
  }
}
