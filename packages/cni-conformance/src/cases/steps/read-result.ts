import { parseResult, type Result } from '@vcn-cni/cni-spec';
import { Finding } from '../../judge/finding.ts';
import type { PluginHarness } from '../../plugin-harness.ts';

/** A result that a plugin printed, in the shape of 1.1.0. Throws Finding `result-unreadable`. */
export function readResult({ version }: Pick<PluginHarness, 'version'>, document: unknown): Result {
  try {
    return parseResult(document, { configVersion: version });
  } catch (error) {
    throw new Finding('result-unreadable', `the result of ADD is none: ${String(error)}`);
  }
}
