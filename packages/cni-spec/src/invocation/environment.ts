import { z } from 'zod';
import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { isContainerId, isInterfaceName } from '../names.ts';
import { show } from '../show.ts';
import { parseCniArgs } from './cni-args.ts';
import type { Invocation, Verb } from './invocation.ts';

/** SPEC section 2, "Parameters". */
export const environmentSchema = z.looseObject({
  CNI_COMMAND: z.enum(['ADD', 'DEL', 'CHECK', 'GC', 'STATUS', 'VERSION']),
  CNI_CONTAINERID: z.string().optional(),
  CNI_NETNS: z.string().optional(),
  CNI_IFNAME: z.string().optional(),
  CNI_ARGS: z.string().optional(),
  CNI_PATH: z.string().optional(),
});

type Variable = 'CNI_CONTAINERID' | 'CNI_NETNS' | 'CNI_IFNAME' | 'CNI_PATH';

/** What each verb cannot do without; CNI_PATH only GC, by the text of the specification. */
const required: Record<Verb, readonly Variable[]> = {
  ADD: ['CNI_CONTAINERID', 'CNI_NETNS', 'CNI_IFNAME'],
  CHECK: ['CNI_CONTAINERID', 'CNI_NETNS', 'CNI_IFNAME'],
  DEL: ['CNI_CONTAINERID', 'CNI_IFNAME'],
  GC: ['CNI_PATH'],
  STATUS: [],
  VERSION: [],
};

const rules: Partial<Record<Variable, { valid: (text: string) => boolean; expected: string }>> = {
  CNI_CONTAINERID: {
    valid: isContainerId,
    expected: 'letters, digits, "_", "." and "-", the first a letter or digit',
  },
  CNI_IFNAME: {
    valid: isInterfaceName,
    expected: 'an interface name: at most 15 bytes, not "." or "..", without "/", ":" and space',
  },
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** `CNI_COMMAND`. Throws CniError 4 if it is missing or unknown. */
export function parseVerb(environment: Environment): Verb {
  const command = environment['CNI_COMMAND'];
  if (!command)
    throw missing(['CNI_COMMAND'], `expected one of ${Object.keys(required).join(', ')}`);
  if (Object.hasOwn(required, command)) return command as Verb;
  throw new CniError(
    ErrorCode.InvalidEnvironment,
    'invalid env variables [CNI_COMMAND]',
    `CNI_COMMAND ${show(command)} is unknown; expected one of ${Object.keys(required).join(', ')}`,
  );
}

/**
 * The parameters of a call. An empty variable counts as missing, as runtimes set them all. Throws CniError 4
 * naming all variables that are missing, or else all that are invalid with their values. DEL takes any
 * `CNI_ARGS`: what cannot be added with them must still be possible to delete.
 */
export function parseEnvironment(environment: Environment): Omit<Invocation, 'config'> {
  const verb = parseVerb(environment);
  const absent = required[verb].filter((name) => !environment[name]);
  if (absent.length > 0) throw missing(absent, `${verb} needs them`);

  const invalid = required[verb].filter(
    (name) => rules[name]?.valid(environment[name] ?? '') === false,
  );
  if (invalid.length > 0) {
    throw new CniError(
      ErrorCode.InvalidEnvironment,
      `invalid env variables [${invalid.join(',')}]`,
      invalid
        .map((name) => `${name} ${show(environment[name])}: expected ${rules[name]?.expected}`)
        .join('; '),
    );
  }
  const lenient = verb !== 'ADD' && verb !== 'CHECK';
  return {
    verb,
    containerId: environment['CNI_CONTAINERID'] ?? '',
    netns: environment['CNI_NETNS'] ?? '',
    ifname: environment['CNI_IFNAME'] ?? '',
    args: parseCniArgs(environment['CNI_ARGS'] ?? '', { skipMalformed: lenient }),
    path: (environment['CNI_PATH'] ?? '').split(':').filter((folder) => folder !== ''),
  };
}

function missing(names: readonly string[], details: string): CniError {
  return new CniError(
    ErrorCode.InvalidEnvironment,
    `required env variables [${names.join(',')}] missing`,
    details,
  );
}
