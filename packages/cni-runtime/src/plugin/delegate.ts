import {
  CniError,
  ErrorCode,
  parseNetworkConfig,
  parseResultDocument,
  type ResultDocument,
  type Verb,
} from '@vcn-cni/cni-spec';
import { executePlugin } from '../execute-plugin.ts';
import { findPlugin } from '../find-plugin.ts';
import { outcomeError } from '../plugin-failure.ts';
import type { Execution } from './dispatch.ts';

export interface DelegateOptions {
  signal?: AbortSignal | undefined;
  /** What the delegate wrote to its standard error, whether it failed or not; to our own by default. */
  onStderr?: (text: string) => void;
}

/**
 * Executes another plugin, such as the one of `ipam.type`, for this one (SPEC section 4): `execution` as this
 * plugin got it, so with all of its variables and the very bytes of its input; found in CNI_PATH and nowhere
 * else. A failure is the delegate's own error. After a failed ADD the delegate is called with DEL before the
 * error is thrown.
 */
export async function delegateAdd(
  type: string,
  execution: Execution,
  options: DelegateOptions = {},
): Promise<ResultDocument> {
  try {
    const stdout = await run('ADD', type, execution, options);
    const { cniVersion } = parseNetworkConfig(execution.stdin, { dropUnreadablePrevResult: true });
    return parseResultDocument(stdout, { configVersion: cniVersion });
  } catch (error) {
    // The signal may be what ended the ADD. The error of the ADD is the one that counts.
    const signal = AbortSignal.timeout(undoMilliseconds);
    await run('DEL', type, execution, { ...options, signal }).catch(() => {});
    throw error;
  }
}

const undoMilliseconds = 30_000;

/** CHECK, DEL, GC or STATUS of a delegate, as `delegateAdd`: the verb that this plugin was called with. */
export async function delegate(
  verb: 'CHECK' | 'DEL' | 'GC' | 'STATUS',
  type: string,
  execution: Execution,
  options: DelegateOptions = {},
): Promise<void> {
  await run(verb, type, execution, options);
}

async function run(
  verb: Verb,
  type: string,
  { environment, stdin }: Execution,
  { signal, onStderr = (text) => process.stderr.write(text) }: DelegateOptions,
): Promise<string> {
  const folders = (environment['CNI_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  if (folders.length === 0) {
    throw new CniError(
      ErrorCode.InvalidEnvironment,
      'required env variables [CNI_PATH] missing',
      `plugin "${type}" is to be found there`,
    );
  }
  const outcome = await executePlugin({
    path: await findPlugin(type, folders),
    environment: { ...environment, CNI_COMMAND: verb },
    stdin,
    signal,
  });
  if (outcome.stderr !== '') onStderr(outcome.stderr);
  if (outcome.exitCode === 0) return outcome.stdout;
  throw outcomeError(outcome);
}
