import { CniError } from './error/cni-error.ts';
import { ErrorCode } from './error/error-codes.ts';
import { parseJson } from './json.ts';
import { show } from './show.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** JSON text, bytes of it, or what was already parsed, as an object. Throws CniError 6 otherwise. */
export function parseDocument(
  document: unknown,
  what: string,
  options: { nullAsEmpty?: boolean } = {},
): Record<string, unknown> {
  const value = decode(document, what);
  if (value === null && options.nullAsEmpty) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new CniError(
    ErrorCode.DecodingFailure,
    `the ${what} is not a JSON object`,
    `it is ${show(value)}`,
  );
}

function decode(document: unknown, what: string): unknown {
  if (typeof document !== 'string' && !(document instanceof Uint8Array)) return document;
  if (document.length === 0) {
    throw new CniError(
      ErrorCode.DecodingFailure,
      `the ${what} is empty`,
      'a JSON object is expected',
    );
  }
  try {
    return parseJson(typeof document === 'string' ? document : decoder.decode(document));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CniError(ErrorCode.DecodingFailure, `the ${what} is not JSON`, reason, {
      cause: error,
    });
  }
}
