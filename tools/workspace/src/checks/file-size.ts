import type { Check } from './check.ts';

const limit = 400;
const written = /\.(?:ts|c|h|sh)$|\/\.ci\/run$/;
const generated = /(?:^|\/)(?:fixtures|gen)\//;

/** A file that is read in one sitting; generated files and fixtures are nobody's reading. */
export const fileSize: Check = {
  name: 'file-size',
  problems: ({ files, read }) =>
    files
      .filter((file) => written.test(file) && !generated.test(file))
      .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > limit)
      .map(({ file, lines }) => `${file}: ${lines} lines; split it, ${limit} is the limit`),
};
