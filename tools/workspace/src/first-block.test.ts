import { expect, test } from 'vitest';
import { firstBlock } from './first-block.ts';

test('the first fenced block, whatever comes before and after', () => {
  expect(firstBlock('# a\n\n```ts kernel\nx;\n\ny;\n```\ntext\n```sh\nz\n```\n')).toEqual({
    info: 'ts kernel',
    lines: ['x;', '', 'y;'],
  });
  expect(firstBlock('# a\nno `block` here\n')).toBeUndefined();
});
