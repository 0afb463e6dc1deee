import type { Check } from './check.ts';

const text = /\.(?:ts|c|h|sh|json|md|ya?ml|js)$|\/run$/;
const rules: readonly { pattern: RegExp; files: RegExp; say: string }[] = [
  {
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/,
    files: /\.(?:ts|c|h|sh)$/,
    say: 'finish it or open an issue',
  },
  {
    pattern: /\b(?:it|test|describe)\.(?:skip|only|todo)\(/,
    files: /\.test\.ts$/,
    say: 'skip by probe, with a reason',
  },
  {
    pattern:
      /(?:^|["'`\s(=:])\/(?:home|Users)\/\w+\/|(?:^|["'`\s(=:])\/(?:work|root|tmp\/scratch)\//m,
    files: text,
    say: 'the path of one machine',
  },
];

/** What must not stay in a text: debts without a name, silenced tests, paths of one machine. */
export const wording: Check = {
  name: 'wording',
  problems: ({ files, read }) =>
    files.flatMap((file) =>
      rules
        .filter((rule) => rule.files.test(file) && !file.startsWith('tools/workspace/src/checks/'))
        .flatMap(({ pattern, say }) => {
          const found = pattern.exec(read(file))?.[0].trim();
          return found === undefined ? [] : [`${file}: "${found}": ${say}`];
        }),
    ),
};
