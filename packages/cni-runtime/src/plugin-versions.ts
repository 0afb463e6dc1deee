import { CniError, ErrorCode, latestVersion, parseDocument, printJson } from '@vcn-cni/cni-spec';
import { executePlugin } from './execute-plugin.ts';
import { findPlugin } from './find-plugin.ts';
import { pluginEnvironment } from './plugin-environment.ts';
import { outcomeError } from './plugin-failure.ts';
import { type ListExecution, timeoutError } from './run-list-plugin.ts';

/** What a plugin answers to VERSION (SPEC section 5, "Version"). */
export interface PluginVersions {
  cniVersion: string;
  supportedVersions: string[];
}

/** Plugins of the first years look at these before they look at the command. */
const dummy = { containerId: '', netns: 'dummy', ifname: 'dummy' };

/**
 * Asks a plugin for its versions. One that does not know VERSION speaks 0.1.0; one that lists none speaks 0.1.0
 * and 0.2.0, if it says 0.2.0. Throws CniError 6 for any other answer, and what the plugin said if it failed.
 */
export async function pluginVersions(
  type: string,
  execution: Omit<ListExecution, 'onStderr'>,
): Promise<PluginVersions> {
  const { path, signal, commandPrefix, environment = process.env } = execution;
  const outcome = await executePlugin({
    path: await findPlugin(type, path),
    environment: pluginEnvironment(environment, 'VERSION', dummy, ['dummy']),
    stdin: printJson({ cniVersion: latestVersion }),
    signal,
    commandPrefix,
  }).catch(timeoutError(signal, `plugin "${type}" did not answer VERSION in time and was killed`));
  if (outcome.exitCode === 0) return parsePluginVersions(outcome.stdout, type);
  const error = outcomeError(outcome);
  if (error.msg === 'unknown CNI_COMMAND: VERSION') {
    return { cniVersion: '0.1.0', supportedVersions: ['0.1.0'] };
  }
  throw new CniError(
    error.code,
    `plugin "${type}" cannot say its versions: ${error.msg}`,
    error.details,
  );
}

function parsePluginVersions(stdout: string, type: string): PluginVersions {
  const { cniVersion, supportedVersions } = parseDocument(stdout, `VERSION answer of ${type}`);
  if (typeof cniVersion !== 'string' || cniVersion === '') {
    throw undecodable(type, 'cniVersion is missing');
  }
  const none = supportedVersions === undefined || supportedVersions === null;
  if (none && cniVersion === '0.2.0') return { cniVersion, supportedVersions: ['0.1.0', '0.2.0'] };
  if (!isTexts(supportedVersions)) {
    throw undecodable(type, 'supportedVersions is not a list of versions');
  }
  return { cniVersion, supportedVersions };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

function undecodable(type: string, details: string): CniError {
  const msg = `the VERSION answer of plugin "${type}" cannot be used`;
  return new CniError(ErrorCode.DecodingFailure, msg, details);
}
