import { parseDocument } from '../parse-document.ts';
import { validate } from '../validate.ts';
import { CniError } from './cni-error.ts';
import { ErrorCode } from './error-codes.ts';
import { type ErrorDocument, errorDocumentSchema } from './error-document.ts';

/** What a plugin printed when it failed. Throws CniError 6 if that is not an error object. */
export function parseError(document: unknown): CniError {
  const { code, msg, details } = validate<ErrorDocument>(
    errorDocumentSchema,
    parseDocument(document, 'error of the plugin'),
    'error of the plugin',
    ErrorCode.DecodingFailure,
  );
  return new CniError(code, msg, details ?? undefined);
}
