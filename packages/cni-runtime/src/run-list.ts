import {
  CniError,
  type Conflist,
  convertResult,
  ErrorCode,
  isContainerId,
  isInterfaceName,
  isNetworkName,
  type PluginConfig,
  parseResultDocument,
  printJson,
  type ResultDocument,
  versionAllows,
} from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';
import { executePlugin } from './execute-plugin.ts';
import { findPlugin } from './find-plugin.ts';
import { type ProcessEnvironment, pluginEnvironment } from './plugin-environment.ts';
import { outcomeError, PluginFailure } from './plugin-failure.ts';
import { pluginRequest } from './plugin-request.ts';

export interface RunListOptions {
  verb: 'ADD' | 'CHECK' | 'DEL';
  list: Conflist;
  attachment: Attachment;
  /** Folders that hold plugins; they become CNI_PATH. */
  path: readonly string[];
  /** What ADD answered, for CHECK and DEL. */
  prevResult?: ResultDocument | undefined;
  signal?: AbortSignal | undefined;
  /** The runtime's own environment; that of this process by default. */
  environment?: ProcessEnvironment;
  /** Command that executes each plugin, as `['nsenter', '--net=/run/netns/a', '--']`. */
  commandPrefix?: readonly string[];
  /** What a plugin wrote to its standard error, also when it succeeded. */
  onStderr?: (text: string, plugin: PluginConfig) => void;
}

/**
 * Runs the plugins of a list for one attachment (SPEC section 3). ADD hands each plugin the result of the one
 * before it and returns the last; CHECK and DEL hand all of them `prevResult`, DEL from the last to the first.
 * Stops at the first failure: PluginFailure with the plugin's own code. After a failed ADD the caller has to
 * DEL. Rejects with the reason of `signal` when aborted.
 */
export function runList(options: RunListOptions & { verb: 'ADD' }): Promise<ResultDocument>;
export function runList(options: RunListOptions): Promise<ResultDocument | undefined>;
export async function runList(options: RunListOptions): Promise<ResultDocument | undefined> {
  switch (options.verb) {
    case 'ADD':
      return await addList(options);
    case 'CHECK':
      return await checkList(options);
    case 'DEL':
      return await delList(options);
  }
}

async function addList(options: RunListOptions): Promise<ResultDocument> {
  const { list, attachment } = options;
  requireNames(list, attachment);
  let result: ResultDocument | undefined;
  for (const plugin of list.plugins) {
    const stdout = await runPlugin(options, plugin, result);
    result = readResult(stdout, plugin, list);
  }
  if (result) return result;
  throw new CniError(ErrorCode.InvalidNetworkConfig, `network ${list.name} has no plugins`);
}

async function checkList(options: RunListOptions): Promise<undefined> {
  const { list } = options;
  if (!versionAllows(list.cniVersion, 'CHECK')) {
    throw new CniError(
      ErrorCode.IncompatibleVersion,
      'config version does not allow CHECK',
      `cniVersion of network ${list.name} is ${list.cniVersion}; CHECK came with 0.4.0`,
    );
  }
  if (list.disableCheck) return;
  const prevResult = ofVersion(options.prevResult, list);
  for (const plugin of list.plugins) await runPlugin(options, plugin, prevResult);
}

async function delList(options: RunListOptions): Promise<undefined> {
  const { list } = options;
  // SPEC 0.4.0 brought the previous result to DEL, with CHECK.
  const known = versionAllows(list.cniVersion, 'CHECK');
  const prevResult = known ? ofVersion(options.prevResult, list) : undefined;
  for (const plugin of list.plugins.toReversed()) await runPlugin(options, plugin, prevResult);
}

async function runPlugin(
  options: RunListOptions,
  plugin: PluginConfig,
  prevResult: ResultDocument | undefined,
): Promise<string> {
  const { verb, list, attachment, path } = options;
  const { capabilities } = attachment;
  const file = await findPlugin(plugin.type, path);
  const outcome = await executePlugin({
    path: file,
    environment: pluginEnvironment(options.environment ?? process.env, verb, attachment, path),
    stdin: printJson(pluginRequest(list, plugin, { prevResult, capabilities })),
    signal: options.signal,
    commandPrefix: options.commandPrefix,
  });
  if (outcome.stderr !== '') options.onStderr?.(outcome.stderr, plugin);
  if (outcome.exitCode === 0) return outcome.stdout;
  throw new PluginFailure(plugin.type, list.name, verb, outcomeError(outcome));
}

function readResult(stdout: string, { type }: PluginConfig, list: Conflist): ResultDocument {
  try {
    const own = parseResultDocument(stdout, { configVersion: list.cniVersion });
    return convertResult(own, list.cniVersion).document;
  } catch (error) {
    throw new PluginFailure(type, list.name, 'ADD', CniError.from(error));
  }
}

function ofVersion(
  result: ResultDocument | undefined,
  { cniVersion }: Conflist,
): ResultDocument | undefined {
  return result && convertResult(result, cniVersion).document;
}

function requireNames(list: Conflist, { containerId, ifname }: Attachment): void {
  const wrong = [
    isContainerId(containerId) ? '' : `container id ${JSON.stringify(containerId)}`,
    isInterfaceName(ifname) ? '' : `interface name ${JSON.stringify(ifname)}`,
    isNetworkName(list.name) ? '' : `network name ${JSON.stringify(list.name)}`,
  ].filter((text) => text !== '');
  if (wrong.length === 0) return;
  throw new CniError(
    ErrorCode.InvalidEnvironment,
    `invalid ${wrong.join(', ')}`,
    'letters, digits, "_", "." and "-", the first a letter or digit; an interface name has at most 15 bytes',
  );
}
