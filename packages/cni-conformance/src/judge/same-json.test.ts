import { parseJson } from '@vcn-cni/cni-spec';
import { expect, test } from 'vitest';
import { sameJson } from './same-json.ts';

const same = (one: string, other: string) => sameJson(parseJson(one), parseJson(other));

test('the order of keys says nothing, that of a list does', () => {
  expect(same('{"a":1,"b":{"c":2,"d":[1,2]}}', '{"b":{"d":[1,2],"c":2},"a":1}')).toBe(true);
  expect(same('[1,2]', '[2,1]')).toBe(false);
  expect(sameJson({ a: undefined }, {})).toBe(true);
  expect(sameJson(undefined, {})).toBe(false);
});

test('numbers that a double cannot hold are told apart', () => {
  expect(same('[12345678901234567890]', '[12345678901234567890]')).toBe(true);
  expect(same('[12345678901234567890]', '[12345678901234567891]')).toBe(false);
  expect(same('{"a":0.12345678901234567890123}', '{"a":0.12345678901234567890124}')).toBe(false);
});
