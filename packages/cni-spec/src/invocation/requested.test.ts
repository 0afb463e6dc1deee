import { expect, it } from 'vitest';
import type { NetworkConfig } from '../network-config/network-config.ts';
import { formatCniArgs, parseCniArgs } from './cni-args.ts';
import { podIdentity } from './pod-identity.ts';
import { requestedAddresses } from './requested-addresses.ts';
import { requestedMac } from './requested-mac.ts';

function asking(config: Partial<NetworkConfig>, args = '') {
  const base = { cniVersion: '1.1.0', name: 'pods', type: 'oci-vcn' };
  return { args: parseCniArgs(args), config: { ...base, ...config } as NetworkConfig };
}

it('takes addresses from the newest source that has any', () => {
  const runtimeConfig = { ips: ['10.0.0.1/24', 'FD00:0::1'] };
  const args = { cni: { ips: ['10.0.0.2'] } };
  expect(requestedAddresses(asking({ runtimeConfig, args }, 'IP=10.0.0.3'))).toEqual([
    '10.0.0.1',
    'fd00::1',
  ]);
  expect(requestedAddresses(asking({ runtimeConfig: { ips: [] }, args }, 'IP=10.0.0.3'))).toEqual([
    '10.0.0.2',
  ]);
  expect(
    requestedAddresses(asking({ args: { cni: null } }, 'IP=10.0.0.3, fd00::3,10.0.0.3')),
  ).toEqual(['10.0.0.3', 'fd00::3']);
  expect(requestedAddresses(asking({ args: { cni: 'x' } }))).toEqual([]);
});

it.each([
  [{ runtimeConfig: { ips: ['10.0.0.300'] } }, '', 7, 'runtimeConfig.ips', '10.0.0.300'],
  [{ args: { cni: { ips: [7] } } }, '', 7, 'args.cni.ips', '7'],
  [{ args: { cni: { ips: { a: 1 } } } }, '', 7, 'args.cni.ips', '{"a":1}'],
  [{}, 'IP=10.0.0.1/33', 4, 'CNI_ARGS IP', '10.0.0.1/33'],
])('refuses the addresses of %j %s', (config, args, code, source, value) => {
  const failing = () => requestedAddresses(asking(config as Partial<NetworkConfig>, args));
  expect(failing).toThrow(expect.objectContaining({ code }));
  expect(failing).toThrow(source);
  expect(failing).toThrow(value);
});

it('takes the MAC from the newest source that has one', () => {
  const args = { cni: { mac: '02-00-00-00-00-0A' } };
  expect(requestedMac(asking({ runtimeConfig: { mac: '02:00:00:00:00:01' }, args }))).toBe(
    '02:00:00:00:00:01',
  );
  expect(requestedMac(asking({ args }, 'MAC=02:00:00:00:00:03'))).toBe('02:00:00:00:00:0a');
  expect(requestedMac(asking({}, 'MAC=02:00:00:00:00:03'))).toBe('02:00:00:00:00:03');
  expect(requestedMac(asking({}))).toBeUndefined();
});

it.each(['02:00:00:00:00', '01:00:00:00:00:01', '00:00:00:00:00:00', '02:00:00:00:00:0g'])(
  'refuses the MAC %s',
  (mac) => {
    expect(() => requestedMac(asking({ runtimeConfig: { mac } }))).toThrow(mac);
    expect(() => requestedMac(asking({}, `MAC=${mac}`))).toThrow('CNI_ARGS MAC');
  },
);

it('splits CNI_ARGS in order, at the first equals sign', () => {
  const text = 'IgnoreUnknown=1;K8S_POD_NAME=a;EMPTY=;B64=eA==';
  expect([...parseCniArgs(`${text};`)]).toEqual([
    ['IgnoreUnknown', '1'],
    ['K8S_POD_NAME', 'a'],
    ['EMPTY', ''],
    ['B64', 'eA=='],
  ]);
  expect(formatCniArgs(parseCniArgs(text))).toBe(text);
  expect(parseCniArgs('A=1;A=2').get('A')).toBe('2');
  expect(parseCniArgs('A=1;x;=2', { skipMalformed: true })).toEqual(new Map([['A', '1']]));
});

it('knows a pod only by both names', () => {
  const pod = parseCniArgs('K8S_POD_NAMESPACE=default;K8S_POD_NAME=p1;K8S_POD_UID=u');
  expect(podIdentity(pod)).toEqual({ namespace: 'default', name: 'p1', uid: 'u' });
  expect(podIdentity(parseCniArgs('K8S_POD_NAME=festive_boyd'))).toBeUndefined();
});
