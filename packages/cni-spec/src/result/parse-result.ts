import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { printJson } from '../json.ts';
import { parseDocument } from '../parse-document.ts';
import { show } from '../show.ts';
import { validate } from '../validate.ts';
import { isCniVersion, latestVersion, oldestVersion, supportedVersions } from '../version.ts';
import { convertResult } from './convert-result.ts';
import type { Result, ResultDocument } from './result.ts';
import { resultSchemas } from './schemas.ts';
import { tidyResult } from './tidy-result.ts';
import { withIps } from './v0-3-0.ts';

export interface ResultContext {
  /** What a result without `cniVersion` is taken for: the version of its network configuration. */
  configVersion?: string;
}

/**
 * A result as a plugin printed it, checked by the schema of its own version and otherwise as it was. Text
 * that is not JSON is CniError 6, a version that does not exist 1, a wrong field 7. `null` is an empty result.
 */
export function parseResultDocument(
  document: unknown,
  context: ResultContext = {},
): ResultDocument {
  const fields = parseDocument(document, 'result', { nullAsEmpty: true });
  const own = fields['cniVersion'];
  const cniVersion =
    own === undefined || own === null || own === '' ? context.configVersion || oldestVersion : own;
  if (!isCniVersion(cniVersion)) {
    throw new CniError(
      ErrorCode.IncompatibleVersion,
      `cniVersion ${show(cniVersion)} of the result is not known`,
      `known versions are ${supportedVersions.join(', ')}`,
    );
  }
  const stamped = { ...(cniVersion === '0.3.0' ? withIps(fields) : fields), cniVersion };
  return validate(resultSchemas[cniVersion], stamped, 'result', ErrorCode.InvalidNetworkConfig);
}

/** A result of any version in the shape of 1.1.0. Throws as `parseResultDocument`. */
export function parseResult(document: unknown, context: ResultContext = {}): Result {
  const own = parseResultDocument(document, context);
  if (own.cniVersion === latestVersion) return tidyResult(own);
  const converted = convertResult(own, latestVersion).document;
  const { InvalidNetworkConfig } = ErrorCode;
  return tidyResult(
    validate(resultSchemas[latestVersion], converted, 'result', InvalidNetworkConfig),
  );
}

/** The result as text in the shape of `version`, indented by four spaces as Go's plugins do. */
export function printResult(result: ResultDocument, version: string = result.cniVersion): string {
  return printJson(convertResult(result, version).document, 4);
}
