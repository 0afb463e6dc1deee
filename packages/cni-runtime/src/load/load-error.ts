import { CniError, ErrorCode } from '@vcn-cni/cni-spec';

/**
 * Why a configuration could not be loaded: a file or folder that cannot be read; a file that holds no valid
 * configuration; a list without any plugin; a folder without configurations; a folder with others only.
 */
export type LoadErrorKind = 'unreadable' | 'malformed' | 'no-plugins' | 'none' | 'not-found';

/** A network configuration could not be loaded. Message and details name field, value and remedy. */
export class LoadError extends CniError {
  override readonly name = 'LoadError';
  readonly kind: LoadErrorKind;
  /** The file or folder. */
  readonly file: string;

  constructor(kind: LoadErrorKind, file: string, msg: string, details: string, cause?: unknown) {
    const code = CniError.is(cause) ? cause.code : codes[kind];
    super(code, msg, details, { cause });
    this.kind = kind;
    this.file = file;
  }
}

const codes: Record<LoadErrorKind, number> = {
  unreadable: ErrorCode.IoFailure,
  malformed: ErrorCode.InvalidNetworkConfig,
  'no-plugins': ErrorCode.InvalidNetworkConfig,
  none: ErrorCode.InvalidNetworkConfig,
  'not-found': ErrorCode.InvalidNetworkConfig,
};

export function unreadable(file: string, cause: unknown): LoadError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const details = `${reason}; make it readable for the user of the runtime`;
  return new LoadError('unreadable', file, `cannot read ${file}`, details, cause);
}
