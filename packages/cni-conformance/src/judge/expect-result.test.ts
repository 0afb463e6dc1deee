import type { CniVersion } from '@vcn-cni/cni-spec';
import { expect, it } from 'vitest';
import type { Call } from '../plugin-harness.ts';
import { expectResult } from './expect-result.ts';
import { Finding } from './finding.ts';

const call = (stdout: string, exitCode = 0): Call => {
  const printed = { verb: 'ADD', exitCode, timedOut: false, stdout, stderr: '', durationMs: 1 };
  try {
    return { ...printed, document: JSON.parse(stdout) as unknown };
  } catch {
    return printed;
  }
};

function keyOf(version: CniVersion, stdout: string, exitCode?: number): string | undefined {
  try {
    expectResult({ version }, call(stdout, exitCode));
    return undefined;
  } catch (error) {
    if (error instanceof Finding) return error.key;
    throw error;
  }
}

const typed = (ip: object, more: object = {}) =>
  JSON.stringify({
    cniVersion: '0',
    interfaces: [{ name: 'eth0', mac: '02:00:00:00:00:01', sandbox: '/run/netns/a' }],
    ips: [{ address: '10.0.0.2/24', interface: 0, ...ip }],
    routes: [{ dst: '0.0.0.0/0', gw: '10.0.0.1' }],
    ...more,
  });

it.each<[CniVersion, string]>([
  ['0.2.0', '{"cniVersion":"0.2.0","ip4":{"ip":"10.0.0.2/24","routes":[{"dst":"0.0.0.0/0"}]}}'],
  ['0.4.0', typed({ version: '4' })],
  ['1.0.0', typed({})],
  ['1.1.0', typed({}, { interfaces: [{ name: 'eth0', mtu: 1500 }], 'example.com/vendor': 1 })],
])('takes a result of %s', (version, stdout) => {
  expect(keyOf(version, stdout)).toBeUndefined();
});

it.each<[string, CniVersion, string]>([
  ['no-result', '1.0.0', ' \n'],
  ['not-one-document', '1.0.0', `${typed({})}{}`],
  ['wrong-shape', '1.0.0', '[]'],
  ['wrong-shape', '1.0.0', '{"code":7,"msg":"no","cniVersion":"1.0.0"}'],
  ['wrong-shape', '1.0.0', typed({ address: '10.0.0.2' })],
  ['wrong-shape', '1.0.0', typed({ gateway: null })],
  ['wrong-shape', '0.4.0', typed({})],
  ['wrong-shape', '0.4.0', typed({ version: '6' })],
  ['foreign-field', '1.0.0', typed({ version: '4' })],
  ['foreign-field', '1.0.0', typed({}, { ip4: {} })],
  ['newer-field', '1.0.0', typed({}, { interfaces: [{ name: 'eth0', mtu: 1500 }] })],
  ['foreign-field', '0.2.0', typed({})],
  [
    'newer-field',
    '0.2.0',
    '{"cniVersion":"0.2.0","ip4":{"ip":"10.0.0.2/24","routes":[{"dst":"0.0.0.0/0","table":1}]}}',
  ],
])('finds %s in %s', (key, version, stdout) => {
  expect(keyOf(version, stdout)).toBe(key);
});

it('finds a refusal', () => expect(keyOf('1.0.0', '{"code":7,"msg":"no"}', 1)).toBe('refused'));
