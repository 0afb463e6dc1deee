import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CniError,
  ErrorCode,
  type Invocation,
  isPluginType,
  parseError,
  parseJson,
  parseResult,
  printJson,
  type Result,
  type Verb,
} from '@vcn-cni/cni-spec';
import type { World } from './plugin.ts';

/** Executes another plugin as this one was executed: its variables and, unless told otherwise, its standard input. */
export async function delegate(
  world: World,
  { path, config }: Invocation,
  type: string,
  verb: Verb,
  stdin: string | Uint8Array = inputOf(world),
): Promise<Result | undefined> {
  const { caller, log } = world;
  const file = await find(caller.root, foldersOf(world, path), type);
  const environment = { ...variablesOf(world), CNI_COMMAND: verb };
  const { exitCode, stdout, stderr } = await caller.run([file], { environment, stdin });
  const end = exitCode === 0 ? 'succeeds' : 'fails';
  if (!world.is(`delegate-stderr-lost-when-it-${end}`)) log(stderr);
  if (exitCode !== 0) throw errorOf(type, stdout || stderr, exitCode);
  return verb === 'ADD' ? parseResult(stdout, { configVersion: config.cniVersion }) : undefined;
}

function variablesOf({ caller: { environment }, is }: World): Readonly<Record<string, string>> {
  const only = (test: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(environment).filter(([name]) => test(name)));
  if (is('delegate-without-args')) return only((name) => name !== 'CNI_ARGS');
  if (is('delegate-without-other-variables')) return only((name) => /^(CNI_|PATH$)/.test(name));
  return is('delegate-other-interface-name') ? { ...environment, CNI_IFNAME: 'net7' } : environment;
}

function inputOf({ caller: { stdin }, is }: World): string | Uint8Array {
  if (is('delegate-gets-rounded-integers')) return JSON.stringify(JSON.parse(String(stdin)));
  if (!is('delegate-gets-ipam-section-only')) return stdin;
  const { cniVersion, name, type, ipam } = parseJson(String(stdin)) as Record<string, unknown>;
  return printJson({ cniVersion, name, type, ipam });
}

function foldersOf(
  { caller: { environment }, is }: World,
  path: readonly string[],
): readonly string[] {
  if (is('delegate-first-folder-only')) return path.slice(0, 1);
  return is('delegate-from-path')
    ? [...path, ...(environment['PATH'] ?? '').split(':'), '/']
    : path;
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
