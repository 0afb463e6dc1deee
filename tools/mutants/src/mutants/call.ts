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
