import {
  CniError,
  ErrorCode,
  type Invocation,
  type Loss,
  parseEnvironment,
  parseNetworkConfig,
  parseVerb,
  printJson,
  supportedVersions,
  type Verb,
  versionAllows,
} from '@vcn-cni/cni-spec';
import type { Answer } from './answer.ts';
import { callHandler } from './call-handler.ts';
import type { HandlerContext, PluginHandlers } from './handlers.ts';
import { readInput, type StandardInput } from './standard-input.ts';

/** One execution of a plugin, as a process or a frame brings it. */
export interface Execution {
  environment: Readonly<Record<string, string | undefined>>;
  stdin: Uint8Array | string;
}

/** The hooks must not throw, the guard excepted. */
export interface DispatchOptions {
  /** What VERSION answers and every other verb accepts; all released versions by default. */
  supportedVersions?: readonly string[];
  /** Called before ADD, CHECK and DEL do any work, if CNI_NETNS is set; throws to refuse. */
  guardNamespace?: (invocation: Invocation, context: HandlerContext) => void | Promise<void>;
  /** Sees every error before it is answered; the `cause` of a code 999 is what was thrown. */
  onError?: (error: CniError, execution: Execution) => void;
  /** Sees what the version of the configuration could not express of an ADD's result. */
  onLoss?: (losses: Loss[], invocation: Invocation) => void;
}

/**
 * Serves one execution. Checks in this order, and answers the first that fails: verb and environment (4),
 * configuration (6, 7), its version (1), whether that version has the verb (1), whether the plugin has it (4),
 * the namespace. Then the handler runs, and its result is converted to the version of the configuration. Never
 * rejects: what a handler throws becomes the error document, with code 999 if it was no CniError.
 */
export async function dispatch(
  handlers: PluginHandlers,
  execution: Execution,
  context: HandlerContext,
  options: DispatchOptions = {},
): Promise<Answer> {
  const input = readInput(execution.stdin);
  try {
    const supported = options.supportedVersions ?? supportedVersions;
    if (parseVerb(execution.environment) === 'VERSION') {
      const versions = { cniVersion: input.cniVersion, supportedVersions: supported };
      return { exitCode: 0, stdout: `${printJson(versions)}\n` };
    }
    const invocation = readInvocation(execution, input, supported);
    requireVerb(handlers, invocation);
    if (invocation.netns !== '' && entersNamespace.has(invocation.verb)) {
      await options.guardNamespace?.(invocation, context);
    }
    return {
      exitCode: 0,
      stdout: await callHandler(handlers, invocation, context, execution, options.onLoss),
    };
  } catch (thrown) {
    const error = asCniError(thrown, context.signal);
    options.onError?.(error, execution);
    return { exitCode: 1, stdout: printJson(error.toDocument(input.cniVersion), 4) };
  }
}

const entersNamespace: ReadonlySet<Verb> = new Set<Verb>(['ADD', 'CHECK', 'DEL']);

function readInvocation(
  { environment }: Execution,
  input: StandardInput,
  supported: readonly string[],
): Invocation {
  const parameters = parseEnvironment(environment);
  if (input.error) throw input.error;
  const config = parseNetworkConfig(input.document, {
    supportedVersions: supported,
    dropUnreadablePrevResult: parameters.verb !== 'ADD' && parameters.verb !== 'CHECK',
  });
  return { ...parameters, config };
}

function requireVerb(handlers: PluginHandlers, { verb, config }: Invocation): void {
  if (!versionAllows(config.cniVersion, verb)) {
    throw new CniError(
      ErrorCode.IncompatibleVersion,
      `config version does not allow ${verb}`,
      `cniVersion is ${config.cniVersion}; ${verb} came with a later one`,
    );
  }
  if (!handlers[verb.toLowerCase() as keyof PluginHandlers]) {
    throw new CniError(
      ErrorCode.InvalidEnvironment,
      'invalid env variables [CNI_COMMAND]',
      `CNI_COMMAND "${verb}" is not implemented by this plugin`,
    );
  }
}

/** A handler that stopped because its caller gave up is no defect. */
function asCniError(thrown: unknown, signal: AbortSignal): CniError {
  const name = thrown instanceof Error ? thrown.name : '';
  const stopped = thrown === signal.reason || name === 'AbortError' || name === 'TimeoutError';
  if (!signal.aborted || !stopped || CniError.is(thrown)) return CniError.from(thrown);
  return new CniError(
    ErrorCode.TryAgainLater,
    'the call was given up before it was finished',
    thrown instanceof Error ? thrown.message : undefined,
    { cause: thrown },
  );
}
