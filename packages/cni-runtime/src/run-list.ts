import {
  CniError,
  type Conflist,
  convertResult,
  ErrorCode,
  type PluginConfig,
  parseResultDocument,
  type ResultDocument,
  versionAllows,
} from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';
import { PluginFailure } from './plugin-failure.ts';
import { requireNames } from './require-names.ts';
import { type ListExecution, runListPlugin } from './run-list-plugin.ts';

export interface RunListOptions extends ListExecution {
  verb: 'ADD' | 'CHECK' | 'DEL';
  list: Conflist;
  attachment: Attachment;
  /** What ADD answered, for CHECK and DEL. */
  prevResult?: ResultDocument | undefined;
}

/**
 * Runs the plugins of a list for one attachment (SPEC section 3). ADD hands each plugin the result of the one
 * before it and returns the last; CHECK and DEL hand all of them `prevResult`, DEL from the last to the first.
 * Stops at the first failure: PluginFailure with the plugin's own code. After a failed ADD the caller has to
 * DEL. Rejects with the reason of `signal` when aborted, and with PluginFailure 11 if its time was up.
 * Keeps nothing between calls: see `createRuntime`.
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

function runPlugin(
  options: RunListOptions,
  plugin: PluginConfig,
  prevResult: ResultDocument | undefined,
): Promise<string> {
  const { verb, list, attachment } = options;
  const { capabilities } = attachment;
  const inserted = { prevResult, capabilities };
  return runListPlugin(options, { verb, list, plugin, attachment, inserted });
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
