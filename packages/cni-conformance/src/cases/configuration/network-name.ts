import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { unchanged } from '../steps/unchanged.ts';

const kinds = [
  {
    what: 'separator',
    words: 'with a path in it',
    names: ['a/b', '../conformance'],
    mutant: 'accepts-name-with-separator',
  },
  {
    what: 'first',
    words: 'that begins with neither letter nor digit',
    names: ['-net', '.net', '_net'],
    mutant: 'accepts-name-with-wrong-first',
  },
  {
    what: 'characters',
    words: 'with a character that is none of letters, digits, _, . and -',
    names: ['a net', 'nét', 'net\0', 'net\n'],
    mutant: 'accepts-name-with-wrong-character',
  },
  {
    what: 'missing',
    words: 'that is empty, or absent',
    names: ['', undefined],
    mutant: 'accepts-config-without-name',
  },
];

export const networkNames: readonly PluginCase[] = kinds.map(({ what, words, names, mutant }) => ({
  id: `CFG-02/${what}`,
  title: `A name of a network ${words} is refused`,
  does: `executes ADD with ${names.map((name) => JSON.stringify(name) ?? 'no').join(', ')} as name`,
  expects: 'each is refused, and changes nothing',
  roles,
  mutants: what === 'missing' ? [mutant, 'refuses-after-its-work'] : [mutant],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const name of names) {
        expectRefusal(await on.call('ADD', container, { config: { name } }));
      }
    });
  },
}));
