import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ask } from '../test/fixtures.ts';
import { defaultSettings, hostLinkName } from './index.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').slice(0, 11);

test('the primary interface of a Kubernetes pod is named as Felix names it', () => {
  // Calico: "cali" + the first 11 hex digits of SHA-1 of "namespace.pod".
  expect(hostLinkName(ask, defaultSettings)).toBe(`oci${sha1('default.web-0')}`);
  expect(hostLinkName(ask, { ...defaultSettings, interfacePrefix: 'cali' })).toBe(
    `cali${sha1('default.web-0')}`,
  );
});

test('every other attachment is named for its key', () => {
  const byKey = `oci${sha1('pods/c0ffee/net1')}`;
  const net1 = { ...ask, key: { ...ask.key, ifname: 'net1' } };
  expect(hostLinkName(net1, defaultSettings)).toBe(byKey);
  expect(hostLinkName({ key: ask.key }, defaultSettings)).toBe(`oci${sha1('pods/c0ffee/eth0')}`);
});

test('a name fits IFNAMSIZ', () => {
  const longest = hostLinkName(ask, { ...defaultSettings, interfacePrefix: 'cali' });
  expect(longest).toHaveLength(15);
});
