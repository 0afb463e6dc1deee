import { supportedVersions } from '@vcn-cni/cni-spec';
import { expect, it } from 'vitest';
import { markedAnswer, markOf } from './runtime-probe.ts';

it.each(supportedVersions)('a result of %s is known again by its mark', (version) => {
  const { first } = markedAnswer(version, 5, 'true');
  const [, text = ''] = /^true\ncat <<ANSWER\n(.*)\nANSWER$/.exec(first!) ?? [];
  const result = JSON.parse(text);
  expect(result.cniVersion).toBe(version);
  expect(markOf(result)).toBe(5);
});

it('what has no mark is not taken for one', () => {
  expect(markOf(undefined)).toBeUndefined();
  expect(markOf({ ips: [{ address: '10.70.0.1/24' }] })).toBeUndefined();
});
