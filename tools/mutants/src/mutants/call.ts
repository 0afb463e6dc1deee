import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@vcn-cni/cni-conformance';
import { parseJson, printJson } from '@vcn-cni/cni-spec';
import type { Caller } from '../transport/caller.ts';

/** One execution of a plugin, as a mutant sees it. */
export interface Call {
  readonly verb: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: Buffer;
  /** Of standard input; empty where that is no JSON object. */
  readonly config: JsonObject;
  readonly caller: Caller;
}

export function callOf(caller: Caller): Call {
  const { environment, stdin } = caller;
  return {
    ...{ environment, stdin, caller },
    verb: environment['CNI_COMMAND'] ?? '',
    config: objectOf(String(stdin)) ?? {},
  };
}

/** The same execution with other variables; `undefined` unsets one. */
export function withVariables(
  call: Call,
  change: Readonly<Record<string, string | undefined>>,
): Call {
  const entries = Object.entries({ ...call.environment, ...change });
  const environment = Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return callOf({ ...call.caller, environment, stdin: call.stdin });
}

/** The same execution with another configuration; `undefined` leaves a key out. */
export function withConfig(call: Call, change: JsonObject): Call {
  const stdin = Buffer.from(printJson({ ...call.config, ...change }));
  return callOf({ ...call.caller, environment: call.environment, stdin });
}

export function objectOf(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether addresses come from a scripted plugin of a case. */
export const isScripted = ({ ipam }: JsonObject): boolean =>
  /^fake/.test(String((ipam as JsonObject | undefined)?.['type']));

/** What CNI_NETNS leads to, when that is no network namespace. */
export async function namespaceKind({
  caller,
}: Call): Promise<'unset' | 'empty' | 'missing' | 'plain-file' | 'folder' | 'other-kind'> {
  const path = caller.environment['CNI_NETNS'];
  if (path === undefined) return 'unset';
  if (path === '') return 'empty';
  const file = await stat(join(caller.root, path)).catch(() => undefined);
  if (!file) return 'missing';
  if (file.isDirectory()) return 'folder';
  const { type } = await statfs(join(caller.root, path));
  return type === nsfs ? 'other-kind' : 'plain-file';
}

/** NSFS_MAGIC of linux/magic.h. */
const nsfs = 0x6e736673;
