import { type Call, objectOf } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, crash, ends, hangs, is, refuses, withCode } from './ways.ts';

const text = ({ stdin }: Call): string => String(stdin);

function isJson(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}

const hasMore = (call: Call): boolean =>
  [...text(call).matchAll(/\}/g)].some(({ index }) => {
    const rest = text(call).slice(index + 1);
    return rest.trim() !== '' && isJson(text(call).slice(0, index + 1));
  });

const ofInterface = ['interface'] as const;

/** What a configuration is made of. */
export const inputMutants: readonly Mutant[] = [
  {
    name: 'config-read-by-pattern',
    of: ofInterface,
    does: 'the configuration is read by a pattern, which knows one way to write it',
    around: refuses(
      (call) => call.verb === 'ADD' && !/^\{.*"cniVersion":"[^"]*"/.test(text(call)),
      6,
      'no cniVersion',
    ),
  },
  {
    name: 'accepts-empty-input',
    of: ofInterface,
    does: 'no input is no error',
    around: accepts((call) => text(call).trim() === ''),
  },
  {
    name: 'accepts-half-json',
    of: ofInterface,
    does: 'JSON that ends too early is no error',
    around: accepts((call) => text(call).trim() !== '' && !isJson(text(call)) && !hasMore(call)),
  },
  {
    name: 'undecodable-wrong-code',
    of: ofInterface,
    does: 'input that is no JSON is refused with code 7',
    around: withCode([6], 7),
  },
  {
    name: 'accepts-list-as-config',
    of: ofInterface,
    does: 'any JSON is taken for a configuration',
    around: accepts((call) => isJson(text(call)) && !objectOf(text(call))),
  },
  {
    name: 'accepts-trailing-input',
    of: ofInterface,
    does: 'what is behind the configuration is not looked at',
    around: accepts(hasMore),
  },
  {
    name: 'accepts-nul-bytes',
    of: ofInterface,
    does: 'NUL bytes are passed over',
    around: accepts((call) => text(call).includes('\0')),
  },
  {
    name: 'large-input-crashes',
    of: ofInterface,
    does: 'has room for half a MiB of input',
    around: ends(({ stdin }) => stdin.length > 512 * 1024, crash),
  },
  {
    name: 'large-input-hangs',
    of: ofInterface,
    does: 'waits for ever when there is much input',
    hangs: true,
    around: hangs((_, { stdin }) => stdin.length > 512 * 1024),
  },
  {
    name: 'deep-input-crashes',
    of: ofInterface,
    does: 'has no stack for deep input',
    around: ends((call) => text(call).includes('['.repeat(1000)), crash),
  },
  {
    name: 'duplicate-key-crashes',
    of: ofInterface,
    does: 'a key that is there twice ends the plugin',
    around: ends(
      (call) => is('ADD')(call) === true && [...text(call).matchAll(/"cniVersion"/g)].length > 1,
      crash,
    ),
  },
  {
    name: 'not-utf8-crashes',
    of: ofInterface,
    does: 'bytes that are no UTF-8 end the plugin',
    around: ends(({ stdin }) => stdin.includes(0xff), crash),
  },
  {
    name: 'name-not-utf8-accepted',
    of: ofInterface,
    does: 'a name may be of any bytes',
    around: accepts(({ stdin }) => stdin.includes(0xff)),
  },
];
