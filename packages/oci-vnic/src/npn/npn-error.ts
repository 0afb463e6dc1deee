/**
 * Why a NativePodNetwork was of no use:
 * - `missing`: there is no such file.
 * - `unreadable`: it cannot be read.
 * - `malformed`: it is no NativePodNetwork; the message names the field.
 */
export type NpnErrorReason = 'missing' | 'unreadable' | 'malformed';

export class NpnError extends Error {
  override readonly name = 'NpnError';
  readonly reason: NpnErrorReason;

  constructor(reason: NpnErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
