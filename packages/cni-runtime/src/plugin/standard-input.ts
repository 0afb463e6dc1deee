import { CniError, ErrorCode, latestVersion, parseDocument } from '@vcn-cni/cni-spec';

/** More than this is not a network configuration, and is refused with code 6. */
export const maximumStdinBytes = 1024 * 1024;

export interface StandardInput {
  document?: Record<string, unknown>;
  /** Why there is no document. */
  error?: CniError;
  /** What errors and VERSION carry: the version that was given, or the latest if none was. */
  cniVersion: string;
}

/** Decodes standard input once, early, so that an error about anything else can carry its version. */
export function readInput(stdin: Uint8Array | string): StandardInput {
  if (stdin.length > maximumStdinBytes) {
    const msg = `standard input is longer than ${maximumStdinBytes} bytes`;
    return { error: new CniError(ErrorCode.DecodingFailure, msg), cniVersion: latestVersion };
  }
  try {
    const document = parseDocument(stdin, 'network configuration');
    const given = document['cniVersion'];
    return { document, cniVersion: typeof given === 'string' && given ? given : latestVersion };
  } catch (error) {
    return { error: CniError.from(error), cniVersion: latestVersion };
  }
}
