import { expect, test } from 'vitest';
import { promisedOutput } from './promised-output.ts';

test('only what is printed is promised', () => {
  const lines = [
    "console.log(a('x')); // => 1 2",
    'f(); // => 3',
    '// => 4',
    'console.log(b); // no',
    '// => 5',
  ];
  expect(promisedOutput(lines)).toEqual(['1 2', '5']);
});
