import { expect, it } from 'vitest';
import {
  compareVersions,
  isCniVersion,
  negotiateVersion,
  supportedVersions,
  versionAllows,
} from './version.ts';

it('orders versions', () => {
  const shuffled = supportedVersions.toReversed();
  expect(shuffled.toSorted(compareVersions)).toEqual(supportedVersions);
  expect(compareVersions('1.0', '1.0.0')).toBe(0);
  expect(compareVersions('', '0.1.0')).toBe(0);
  expect(compareVersions('0.10.0', '0.9.0')).toBeGreaterThan(0);
});

it.each(['v1.0.0', '1.0.0-rc1', '1.0.0.0', '1..0', ' 1.0.0'])('refuses %j', (version) => {
  expect(() => compareVersions(version, '1.0.0')).toThrow(JSON.stringify(version));
});

it('knows its versions by exact text', () => {
  expect(isCniVersion('1.1.0')).toBe(true);
  for (const other of ['1.1', '', '1.1.00', 1, undefined]) expect(isCniVersion(other)).toBe(false);
});

it('knows since when a verb is sent', () => {
  const allowing = (verb: Parameters<typeof versionAllows>[1]) =>
    supportedVersions.filter((version) => versionAllows(version, verb));
  expect(allowing('ADD')).toEqual(supportedVersions);
  expect(allowing('CHECK')).toEqual(['0.4.0', '1.0.0', '1.1.0']);
  expect(allowing('GC')).toEqual(['1.1.0']);
  expect(allowing('STATUS')).toEqual(['1.1.0']);
});

it('negotiates the highest of those that both know', () => {
  expect(negotiateVersion({ cniVersion: '0.4.0', cniVersions: ['1.1.0', '1.0.0'] })).toBe('1.1.0');
  expect(negotiateVersion({ cniVersions: ['1.1.0'] }, ['0.1.0', '0.2.0'])).toBe('0.1.0');
  expect(negotiateVersion({ cniVersion: '9.0.0' })).toBe('9.0.0');
  expect(negotiateVersion({})).toBe('0.1.0');
});
