import { expect, it } from 'vitest';
import { isContainerId, isInterfaceName, isNetworkName, isPluginType } from './names.ts';

it('takes identifiers that start with a letter or digit', () => {
  for (const name of ['a', '0', 'a_b.c-d', 'K8s.io-1']) {
    expect(isContainerId(name)).toBe(true);
    expect(isNetworkName(name)).toBe(true);
  }
  for (const name of ['', '.', '-a', '_a', 'a/b', 'a b', 'a\n', 'ä']) {
    expect(isContainerId(name)).toBe(false);
    expect(isNetworkName(name)).toBe(false);
  }
});

it('counts interface names in bytes', () => {
  expect(isInterfaceName('abcdefghijklmno')).toBe(true);
  expect(isInterfaceName('abcdefghijklmnop')).toBe(false);
  expect(isInterfaceName('ääääääää')).toBe(false);
  expect(isInterfaceName('%s')).toBe(true);
  for (const name of ['', '.', '..', 'a/b', 'a:b', 'a b', 'a\u00a0b', 'a\0']) {
    expect(isInterfaceName(name)).toBe(false);
  }
});

it('takes file names for plugins', () => {
  expect(isPluginType('oci-vcn')).toBe(true);
  for (const type of ['', '.', '..', '../x', 'a\\b']) expect(isPluginType(type)).toBe(false);
});
