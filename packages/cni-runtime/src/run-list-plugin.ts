import {
  CniError,
  type Conflist,
  ErrorCode,
  type PluginConfig,
  printJson,
  type Verb,
} from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';
import { executePlugin } from './execute-plugin.ts';
import { findPlugin } from './find-plugin.ts';
import { type ProcessEnvironment, pluginEnvironment } from './plugin-environment.ts';
import { outcomeError, PluginFailure } from './plugin-failure.ts';
import { type InsertedFields, pluginRequest } from './plugin-request.ts';

/** How the plugins of a list are executed, whatever the verb. */
export interface ListExecution {
  /** Folders that hold plugins; they become CNI_PATH. */
  path: readonly string[];
  /** Kills the running plugin when aborted. */
  signal?: AbortSignal | undefined;
  /** The runtime's own environment; that of this process by default. */
  environment?: ProcessEnvironment | undefined;
  /** Command that executes each plugin, as `['nsenter', '--net=/run/netns/a', '--']`. */
  commandPrefix?: readonly string[] | undefined;
  /** What a plugin wrote to its standard error, also when it succeeded. */
  onStderr?: ((text: string, plugin: PluginConfig) => void) | undefined;
}

/** One call of one plugin of a list. */
export interface ListCall {
  verb: Verb;
  list: Conflist;
  plugin: PluginConfig;
  /** Absent for GC and STATUS: its variables are then set, and empty. */
  attachment?: Attachment;
  inserted?: InsertedFields;
}

const noAttachment: Attachment = { containerId: '', netns: '', ifname: '' };

/**
 * Executes one plugin of a list and returns its standard output. Throws PluginFailure with the plugin's own
 * code, or with 11 if the time of `signal` was up (AbortSignal.timeout). Rejects with any other reason of
 * `signal` as it is.
 */
export async function runListPlugin(execution: ListExecution, call: ListCall): Promise<string> {
  const { path, signal, commandPrefix, environment = process.env } = execution;
  const { verb, list, plugin, attachment = noAttachment, inserted } = call;
  const file = await findPlugin(plugin.type, path);
  const outcome = await executePlugin({
    path: file,
    environment: pluginEnvironment(environment, verb, attachment, path),
    stdin: printJson(pluginRequest(list, plugin, inserted)),
    signal,
    commandPrefix,
  })
    .catch(timeoutError(signal, 'it did not answer in time and was killed'))
    .catch((error: unknown) => {
      throw CniError.is(error) && error.code === ErrorCode.TryAgainLater
        ? new PluginFailure(plugin.type, list.name, verb, error)
        : error;
    });
  if (outcome.stderr !== '') execution.onStderr?.(outcome.stderr, plugin);
  if (outcome.exitCode === 0) return outcome.stdout;
  throw new PluginFailure(plugin.type, list.name, verb, outcomeError(outcome));
}

/** Whether an operation ended because the time of its signal was up. */
function isTimeout(error: unknown, signal: AbortSignal | undefined): boolean {
  return (
    signal?.aborted === true &&
    error === signal.reason &&
    error instanceof Error &&
    error.name === 'TimeoutError'
  );
}

/** For `catch`: throws CniError 11 with `msg` where the time was up, anything else as it is. */
export function timeoutError(
  signal: AbortSignal | undefined,
  msg = 'the time was up while another operation was running',
): (error: unknown) => never {
  return (cause) => {
    if (!isTimeout(cause, signal)) throw cause;
    const remedy = 'look at what it waits for, or give the operation more time';
    throw new CniError(ErrorCode.TryAgainLater, msg, remedy, { cause });
  };
}
