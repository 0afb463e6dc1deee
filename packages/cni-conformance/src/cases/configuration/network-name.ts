import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
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

const allowed = ['0', 'A_b.c-', 'a..b'];

export const allowedNames: PluginCase = {
  id: 'CFG-02/allowed',
  title: 'Every name of a network that the rule allows is taken',
  does: `executes ADD and DEL with ${allowed.join(', ')} as name`,
  expects: 'each exits 0',
  roles,
  mutants: ['refuses-short-name', 'refuses-name-with-dots'],
  async run(on) {
    for (const name of allowed) {
      const container = await on.container();
      const config = { name };
      await detach(on, container, await attach(on, container, { config }), { config });
    }
  },
};
