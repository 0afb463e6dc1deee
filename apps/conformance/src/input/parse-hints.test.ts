import { expect, it } from 'vitest';
import { parseHints } from './parse-hints.ts';

it('takes what there is, and defaults for the rest', () => {
  expect(parseHints('{"deadlineSeconds":5}', 'h')).toMatchObject({ deadlineSeconds: 5, setup: [] });
});

it.each([
  ['{', '--hints h: no JSON'],
  ['{"deadlineSeconds":0}', '--hints h: deadlineSeconds 0: '],
  ['{"daemon":{"start":"x"}}', 'daemon.ready undefined: '],
  ['{"setpu":[]}', 'setpu'],
])('%s is refused: %s', (text, words) => {
  expect(() => parseHints(text, 'h')).toThrow(words);
});
