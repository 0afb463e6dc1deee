import { expect, it } from 'vitest';
import { topLevelString } from './frame-member.ts';

const version = (text: string): string | undefined =>
  topLevelString(Buffer.from(text), 'cniVersion');

it.each([
  ['{"cniVersion":"1.1.0"}', '1.1.0'],
  ['{"cniVersion":"0.1.0","cniVersion":"1.0.0"}', '1.0.0'],
  ['{"cni\\u0056ersion":"\\u0031.0.0"}', '1.0.0'],
  ['{"cniVersion":""}', ''],
])('%s has it', (text, value) => {
  expect(version(text)).toBe(value);
});

it.each([
  '',
  '[]',
  'null',
  '"cniVersion"',
  '{"a":{"cniVersion":"1.1.0"}}',
  '[{"cniVersion":"1.1.0"}]',
  '{"cniVersion":"1.1.0","cniVersion":1}',
  '{"cniVersion":"1.1.0"',
  '\ufeff{"cniVersion":"1.1.0"}',
  '{"cniVersion":"1.1.0\\n"}',
  '{"cniVersion":"\u00e4"}',
  `{"cniVersion":"${'1'.repeat(256)}"}`,
])('%j has none', (text) => {
  expect(version(text)).toBeUndefined();
});
