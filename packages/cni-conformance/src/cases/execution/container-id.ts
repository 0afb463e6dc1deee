import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { unchanged } from '../steps/unchanged.ts';
import { verbsOf } from '../steps/verbs-of.ts';

const kinds = [
  { what: 'empty', words: 'that is empty, or unset', ids: ['', undefined] },
  { what: 'separator', words: 'with a path in it', ids: ['../conformance', 'a/b'] },
  {
    what: 'characters',
    words:
      'with a character that is none of letters, digits, _, . and -, or that begins with one of the last three',
    ids: ['-a', '.a', '_a', 'a b', 'a\nb', 'é'],
  },
];

export const containerIds: readonly PluginCase[] = kinds.map(({ what, words, ids }) => ({
  id: `ENV-01/${what}`,
  title: `A CNI_CONTAINERID ${words} is refused`,
  does: `executes ADD, CHECK and DEL with CNI_CONTAINERID ${ids.map((id) => JSON.stringify(id) ?? 'unset').join(', ')}`,
  expects: 'each is refused, and changes nothing',
  roles,
  ...(what === 'separator' && { fast: true }),
  mutants: [`accepts-container-id-${what}`],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const id of ids) {
        for (const verb of verbsOf(on, 'ADD', 'CHECK', 'DEL')) {
          expectRefusal(await on.call(verb, container, { environment: { CNI_CONTAINERID: id } }));
        }
      }
    });
  },
}));

const allowed = ['0', 'A_b.c-', 'a..b', '0123456789abcdef'.repeat(4)];

export const allowedContainerIds: PluginCase = {
  id: 'ENV-01/allowed',
  title: 'Every CNI_CONTAINERID that the rule allows is taken',
  does: 'executes ADD and DEL with CNI_CONTAINERID 0, A_b.c-, a..b, and 64 hexadecimal digits',
  expects: 'each exits 0',
  roles,
  mutants: [
    'refuses-short-container-id',
    'refuses-container-id-with-dots',
    'refuses-long-container-id',
  ],
  async run(on) {
    for (const id of allowed) {
      const container = await on.container({ id });
      await detach(on, container, await attach(on, container));
    }
  },
};
