import { expect, it } from 'vitest';
import { printJson } from '../json.ts';
import { parseNetworkConfig } from './parse-network-config.ts';

const base = { cniVersion: '1.1.0', name: 'pods', type: 'oci-vcn' };

it('keeps unknown fields, their order and their integers', () => {
  const text =
    '{"z":{"n":12345678901234567890},"cniVersion":"1.1.0","name":"a","type":"b","__proto__":1,"a":null}';
  expect(printJson(parseNetworkConfig(text))).toBe(text);
});

it('takes a missing version for 0.1.0', () => {
  expect(parseNetworkConfig({ name: 'a', type: 'b' }).cniVersion).toBe('0.1.0');
  expect(parseNetworkConfig({ name: 'a', type: 'b', cniVersion: '' }).cniVersion).toBe('0.1.0');
});

it('reads prevResult in the version it has, or else that of the configuration', () => {
  const prevResult = { ips: [{ version: '4', address: '10.0.0.5/24' }] };
  const old = parseNetworkConfig({ ...base, cniVersion: '0.4.0', prevResult });
  expect(old.prevResult).toEqual({ cniVersion: '1.1.0', ips: [{ address: '10.0.0.5/24' }] });
  const own = { cniVersion: '0.2.0', ip4: { ip: '10.0.0.6/24' } };
  expect(parseNetworkConfig({ ...base, prevResult: own }).prevResult?.ips?.[0]?.address).toBe(
    '10.0.0.6/24',
  );
});

it('drops an unreadable prevResult only where that is wanted', () => {
  const config = { ...base, prevResult: { ips: 'x' } };
  expect(() => parseNetworkConfig(config)).toThrow(/prevResult.*ips "x"/);
  expect(parseNetworkConfig(config, { dropUnreadablePrevResult: true })).toEqual(base);
});

it('believes attachments only under their own keys', () => {
  const list = [{ containerID: 'a', ifname: 'eth0' }];
  const read = (fields: object) => parseNetworkConfig({ ...base, ...fields }).validAttachments;
  expect(read({ 'cni.dev/valid-attachments': list, 'cni.dev/attachments': null })).toEqual(list);
  expect(read({ 'cni.dev/attachments': list })).toEqual(list);
  expect(read({ 'cni.dev/valid-attachments': null })).toBeNull();
  expect(read({ 'cni.dev/valid-attachments': [] })).toEqual([]);
  expect(read({})).toBeUndefined();
  expect(read({ validAttachments: [] })).toBeUndefined();
});

it('accepts only the versions of the plugin', () => {
  expect(() => parseNetworkConfig(base, { supportedVersions: ['1.0.0'] })).toThrow(
    'cniVersion "1.1.0" is not supported: supported versions are 1.0.0',
  );
});

it('takes null for absent in what it reads, and keeps it elsewhere', () => {
  const runtimeConfig = { mac: null, ips: null, portMappings: null };
  const nulls = { ...base, mtu: null, dns: { search: null, vendor: null }, runtimeConfig };
  expect(parseNetworkConfig(nulls)).toEqual({
    ...base,
    dns: { vendor: null },
    runtimeConfig: { portMappings: null },
  });
});

it('leaves its input alone', () => {
  const input = { ...base, args: null, prevResult: { cniVersion: '1.1.0' } };
  const before = JSON.stringify(input);
  expect(parseNetworkConfig(input).args).toBeUndefined();
  expect(JSON.stringify(input)).toBe(before);
});
