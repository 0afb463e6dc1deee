import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CniError,
  ErrorCode,
  type Invocation,
  isPluginType,
  parseError,
  parseResult,
  type Result,
  type Verb,
} from '@vcn-cni/cni-spec';
import type { World } from './plugin.ts';

/** Executes another plugin as this one was executed: its variables and, unless told otherwise, its standard input. */
export async function delegate(
  { caller, log }: World,
  { path, config }: Invocation,
  type: string,
  verb: Verb,
  stdin: string | Uint8Array = caller.stdin,
): Promise<Result | undefined> {
  const file = await find(caller.root, path, type);
  const environment = { ...caller.environment, CNI_COMMAND: verb };
  const { exitCode, stdout, stderr } = await caller.run([file], { environment, stdin });
  log(stderr);
  if (exitCode !== 0) throw errorOf(type, stdout || stderr, exitCode);
  return verb === 'ADD' ? parseResult(stdout, { configVersion: config.cniVersion }) : undefined;
}

async function find(root: string, path: readonly string[], type: string): Promise<string> {
  if (isPluginType(type)) {
    for (const folder of path) {
      const file = join(folder, type);
      const found = await stat(join(root, file)).catch(() => undefined);
      if (found?.isFile()) return file;
    }
  }
  throw new CniError(
    ErrorCode.InvalidNetworkConfig,
    `no plugin ${type} in CNI_PATH`,
    `CNI_PATH is ${path.join(':')}`,
  );
}

function errorOf(type: string, text: string, exitCode: number): CniError {
  try {
    return parseError(text);
  } catch {
    return new CniError(
      ErrorCode.InternalDefect,
      `${type} failed without an error document`,
      `exit ${exitCode}: ${text.trim().slice(0, 200)}`,
    );
  }
}
