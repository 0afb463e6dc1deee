import { expect, it } from 'vitest';
import { parseJson, printJson } from './json.ts';

it.each([
  '{"a":12345678901234567890}',
  '[-9007199254740993,9007199254740991,9007199254740992]',
  '{"z":1,"a":{"__proto__":123456789012345678901},"b":null}',
  '{"text":"12345678901234567890"}',
  '[0.12345678901234567890123,1e400,-1.5e-400,{"deep":3.14159265358979323846}]',
])('prints %s as it was', (text) => {
  expect(printJson(parseJson(text))).toBe(text);
});

it('gives a bigint only for an integer that a number cannot hold', () => {
  expect(parseJson('[12345678901234567890, 1234567890123456, 1.0000000000000000000, 7]')).toEqual([
    12345678901234567890n,
    1234567890123456,
    1,
    7,
  ]);
});

it('indents, and prints a bigint inside', () => {
  expect(printJson({ a: [2n ** 64n] }, 2)).toBe('{\n  "a": [\n    18446744073709551616\n  ]\n}');
});

it('refuses what is not JSON', () => {
  expect(() => parseJson('{"a":1234567890123456789x}')).toThrow(SyntaxError);
});
