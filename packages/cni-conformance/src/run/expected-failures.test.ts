import { describe, expect, it } from 'vitest';
import { parseExpectedFailures } from './expected-failures.ts';

const known = new Set(['ADD-04', 'DEL-05/path-gone']);

describe('parseExpectedFailures', () => {
  it('takes an id a line, and leaves out comments and empty lines', () => {
    const text = '# known\n\nADD-04 # issue 1\n  DEL-05/path-gone\n';
    expect([...parseExpectedFailures(text, known)]).toEqual(['ADD-04', 'DEL-05/path-gone']);
  });
  it('names the line of an id that does not exist', () => {
    expect(() => parseExpectedFailures('ADD-04\nDEL-05\n', known)).toThrow(
      'line 2: DEL-05: no such case',
    );
  });
});
