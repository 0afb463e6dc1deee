import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

test('words before the first option, long options, variables; comments are left out', () => {
  expect(parseCommandLine('A_B=1 tool sub name --json --to=file -x  # why')).toEqual({
    environment: { A_B: '1' },
    words: ['tool', 'sub', 'name'],
    options: ['--json', '--to'],
  });
  expect(parseCommandLine('$ npm test')).toEqual({
    environment: {},
    words: ['npm', 'test'],
    options: [],
  });
});
