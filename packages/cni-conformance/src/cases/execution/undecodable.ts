import { printJson } from '@vcn-cni/cni-spec';
import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { codesSince } from '../steps/codes-since.ts';
import { configOf } from '../steps/config-of.ts';
import { unchanged } from '../steps/unchanged.ts';
import { verbsOf } from '../steps/verbs-of.ts';

/** Texts that are no JSON object, made of a configuration that is one. */
const kinds: readonly {
  what: string;
  words: string;
  texts: (config: string) => readonly (string | Uint8Array)[];
  mutant: string;
}[] = [
  {
    what: 'empty',
    words: 'that is empty, or blank',
    texts: () => ['', ' \n'],
    mutant: 'accepts-empty-input',
  },
  {
    what: 'not-json',
    words: 'that is no JSON, or ends too early',
    texts: (config) => ['{not json', config.slice(0, -1), config.replaceAll('"', "'")],
    mutant: 'accepts-half-json',
  },
  {
    what: 'not-an-object',
    words: 'that is a list, a text, a number or null',
    texts: (config) => [`[${config}]`, JSON.stringify(config), '7', 'null'],
    mutant: 'accepts-list-as-config',
  },
  {
    what: 'trailing',
    words: 'with more behind the object',
    texts: (config) => [`${config}}`, `${config}x`, `${config}\n${config}`],
    mutant: 'accepts-trailing-input',
  },
  {
    what: 'nul',
    words: 'with a NUL byte before or behind the object',
    texts: (config) => [`\0${config}`, `${config}\0`],
    mutant: 'accepts-nul-bytes',
  },
];

export const undecodable: readonly PluginCase[] = kinds.map(({ what, words, texts, mutant }) => ({
  id: `EXE-05/${what}`,
  title: `Input ${words} is refused with code 6`,
  does: `executes ADD, CHECK and DEL with input ${words}`,
  expects: 'each is refused with code 6 (null may be 7), and changes nothing',
  roles,
  ...(what === 'not-json' && { fast: true }),
  mutants: what === 'not-json' ? [mutant, 'undecodable-wrong-code'] : [mutant],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const stdin of texts(printJson(configOf(on, container)))) {
        const codes = stdin === 'null' ? [6, 7] : [6];
        for (const verb of verbsOf(on, 'ADD', 'CHECK', 'DEL')) {
          const call = await on.call(verb, container, { stdin });
          expectRefusal(call, codesSince(on, '1.0.0', ...codes));
        }
      }
    });
  },
}));
