import { expect, test } from 'vitest';
import { MissingDependencyError, requireOptional } from './optional.ts';

test('a dependency that is not installed is named, with what to do', () => {
  const load = (): unknown => requireOptional('vcn-cni-not-installed');
  expect(load).toThrow(MissingDependencyError);
  expect(load).toThrow('npm install vcn-cni-not-installed');
});
