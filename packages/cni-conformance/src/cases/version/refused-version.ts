import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { unchanged } from '../steps/unchanged.ts';

const kinds = [
  {
    what: 'newer',
    words: 'newer than all',
    versions: ['99.9.9'],
    codes: [1],
    mutants: ['accepts-newer-version', 'newer-version-wrong-code'],
  },
  {
    what: 'none',
    words: 'that is none',
    versions: ['bogus', '1.0.0-conformance', 'v1.0.0'],
    codes: [1, 6, 7],
    mutants: ['accepts-version-text'],
  },
];

export const refusedVersions: readonly PluginCase[] = kinds.map(
  ({ what, words, versions, codes, mutants }) => ({
    id: `VER-05/${what}`,
    title: `A cniVersion ${words} is refused`,
    does: `executes ADD and DEL with cniVersion ${versions.join(', ')}`,
    expects: `code ${codes.join(' or ')}, and nothing changed`,
    roles,
    ...(what === 'newer' && { fast: true }),
    mutants,
    async run(on) {
      const container = await on.container();
      await unchanged(on, container, async () => {
        for (const cniVersion of versions) {
          for (const verb of ['ADD', 'DEL']) {
            expectRefusal(await on.call(verb, container, { config: { cniVersion } }), { codes });
          }
        }
      });
    },
  }),
);
