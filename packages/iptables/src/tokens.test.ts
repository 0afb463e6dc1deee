import { expect, it } from 'vitest';
import { joinTokens, tokenise } from './tokens.ts';

it.each([
  ['-A X -j DROP', ['-A', 'X', '-j', 'DROP']],
  ['  -m  comment --comment "a \\"b\\" \\\\c"', ['-m', 'comment', '--comment', 'a "b" \\c']],
  ['--comment ""', ['--comment', '']],
  ['a"b c"d', ['ab cd']],
])('splits %s', (line, tokens) => {
  expect(tokenise(line)).toEqual(tokens);
});

it('joins so that splitting gives the same', () => {
  const awkward = ['', ' ', '"', '\\', 'a b', "it's", 'plain', '-x', '\\"', 'a/b:c'];
  for (const one of awkward) {
    for (const other of awkward) {
      for (const tokens of [
        [one, other],
        ['--comment', one, other],
      ]) {
        expect(tokenise(joinTokens(tokens))).toEqual(tokens);
      }
    }
  }
});

it('refuses an open quote', () => {
  expect(() => tokenise('--comment "a')).toThrow('quote not closed in: --comment "a');
});
