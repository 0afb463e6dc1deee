import { expect, test } from 'vitest';
import { fencedBlocks } from './fenced-blocks.ts';

test('every fenced block, in its order', () => {
  expect(fencedBlocks('# a\n\n```ts kernel\nx;\n\ny;\n```\ntext\n```sh\nz\n```\n')).toEqual([
    { info: 'ts kernel', lines: ['x;', '', 'y;'] },
    { info: 'sh', lines: ['z'] },
  ]);
  expect(fencedBlocks('# a\nno `block` here\n')).toEqual([]);
});
