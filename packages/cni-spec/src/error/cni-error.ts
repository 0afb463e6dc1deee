import { ErrorCode } from './error-codes.ts';
import type { ErrorDocument } from './error-document.ts';

/** A failure as the runtime is told it: the error object of SPEC section 5. */
export class CniError extends Error {
  override readonly name: string = 'CniError';
  /** Below 100 of the specification, from 100 ours; see `errorCodes`. */
  readonly code: number;
  /** One short line. */
  readonly msg: string;
  /** What else is known, and what to do. */
  readonly details?: string;

  constructor(code: number, msg: string, details?: string, options?: { cause?: unknown }) {
    super(details ? `${msg}: ${details}` : msg, options);
    this.code = code;
    this.msg = msg;
    if (details) this.details = details;
  }

  toDocument(cniVersion: string): ErrorDocument {
    const document: ErrorDocument = { cniVersion, code: this.code, msg: this.msg };
    if (this.details) document.details = this.details;
    return document;
  }

  /** By shape, since two installed copies of this package have two classes. */
  static is(value: unknown): value is CniError {
    return (
      value instanceof Error &&
      typeof (value as Partial<CniError>).code === 'number' &&
      typeof (value as Partial<CniError>).msg === 'string' &&
      typeof (value as Partial<CniError>).toDocument === 'function'
    );
  }

  /** The value itself if it is one; anything else was not expected by anybody, and is code 999. */
  static from(value: unknown): CniError {
    if (CniError.is(value)) return value;
    const what = value instanceof Error ? `${value.name}: ${value.message}` : described(value);
    return new CniError(
      ErrorCode.InternalDefect,
      `defect of the plugin: ${what}`,
      'this should not happen; report it with the log of that time',
      { cause: value },
    );
  }
}

function described(value: unknown): string {
  return typeof value === 'string' ? value : Object.prototype.toString.call(value);
}
