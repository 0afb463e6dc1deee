import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLab, type Lab, type LabPod, ping } from '../src/index.ts';

let lab: Lab;
let pod: LabPod;
let serial = 0;

beforeAll(async () => {
  // What is broken here is to be found by CHECK, not mended before it looks.
  lab = await createLab({ config: { repair: 'report' } });
  await lab.startDaemon();
});
afterAll(() => lab[Symbol.asyncDispose]());
beforeEach(async () => {
  pod = await lab.pod(`check-${serial++}`);
  await pod.add();
});
afterEach(() => pod.del());

/** Types a command, with the pod's link and addresses put in, and demands that it works. */
async function type(where: 'pod' | 'node', words: string): Promise<void> {
  const namespace = where === 'pod' ? pod.namespace : lab.node;
  const command = words
    .replaceAll('HOSTLINK', pod.hostLink())
    .replaceAll('ADDRESS6', pod.address('inet6'))
    .replaceAll('ADDRESS', pod.address('inet'));
  const { code, stderr } = await namespace.exec('sh', ['-c', command]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
}

async function failure(): Promise<string> {
  const prevResult = pod.result();
  const { exitCode, document } = await pod.invoke('CHECK', { config: { prevResult } });
  expect(exitCode).toBe(1);
  expect(document).toMatchObject({ code: 106, cniVersion: '1.1.0' });
  return `${document?.['msg']}\n${document?.['details']}`;
}

describe('a broken pod is found, and the message names what is broken', () => {
  test.each<['pod' | 'node', string, RegExp]>([
    ['pod', 'ip address delete ADDRESS/32 dev eth0', /ip -4 address replace/],
    ['pod', 'ip address delete ADDRESS6/128 dev eth0', /ip -6 address replace/],
    ['pod', 'ip route delete default', /route 0\.0\.0\.0\/0 via 169\.254\.1\.1 is missing/],
    ['pod', 'ip -6 route delete default', /route ::\/0 via fe80::1 is missing/],
    ['pod', 'ip route replace default via 169.254.1.9 dev eth0 onlink', /via 169\.254\.1\.1/],
    ['pod', 'ip link set eth0 down', /ip link set dev eth0 up/],
    ['pod', 'ip link set eth0 address 0a:00:00:00:00:01', /ip link set dev eth0 address/],
    ['pod', 'ip link set eth0 mtu 1400', /ip link set dev eth0 mtu 9000/],
    ['pod', 'ip link set eth0 down && ip link set eth0 name other', /eth0/],
    ['pod', 'ip neighbour delete 169.254.1.1 dev eth0', /neighbour replace 169\.254\.1\.1/],
    ['node', 'ip route delete ADDRESS/32 table 1000', /on the host: ip -4 route replace/],
    ['node', 'ip -6 route delete ADDRESS6/128 table 1000', /on the host: ip -6 route replace/],
    ['node', 'ip neighbour delete ADDRESS dev HOSTLINK', /on the host: ip -4 neighbour replace/],
    ['node', 'ip link set HOSTLINK down', /on the host: ip link set dev .* up/],
    ['node', 'ip link delete HOSTLINK', /eth0|on the host/],
    [
      'node',
      'echo 0 > /proc/sys/net/ipv4/conf/HOSTLINK/rp_filter',
      /on the host: sysctl .*rp_filter=1/,
    ],
  ])('%s: %s', async (where, command, named) => {
    await pod.check();
    await type(where, command);
    expect(await failure()).toMatch(named);
  });
});

describe('what other plugins and people add is no fault', () => {
  test.each<['pod' | 'node', string]>([
    ['pod', 'ip address add 192.0.2.7/32 dev eth0'],
    ['pod', 'ip route add 192.0.2.0/24 dev eth0'],
    ['pod', 'ip rule add from 192.0.2.7 lookup 77'],
    ['node', 'ip route add 192.0.2.0/24 dev HOSTLINK'],
    ['node', 'echo 1 > /proc/sys/net/ipv4/conf/HOSTLINK/route_localnet'],
  ])('%s: %s', async (where, command) => {
    await type(where, command);
    await pod.check();
  });
});

describe('shared state that is missing is repaired by CHECK, then judged', () => {
  test.each([
    'ip rule delete priority 512',
    'ip -6 rule delete priority 512',
    'ip route delete default table 1001',
    'nft delete table inet vcn-cni',
    'echo 0 > /proc/sys/net/ipv4/ip_forward',
  ])('%s', async (command) => {
    await type('node', command);
    await pod.check();
    expect((await ping(lab.outside, pod.address())).outcome).toBe('reached');
    const { stdout } = await lab.node.exec('nft', ['list', 'tables']);
    expect(stdout).toContain('vcn-cni');
  });
});

test('CHECK without prevResult is code 7, of the unknown 105, of an altered result 106', async () => {
  expect((await pod.invoke('CHECK')).document).toMatchObject({ code: 7 });
  const prevResult = { ...pod.result(), ips: [{ interface: 1, address: '192.0.2.1/32' }] };
  expect((await pod.invoke('CHECK', { config: { prevResult } })).document).toMatchObject({
    code: 106,
  });
  const unknown = { CNI_CONTAINERID: 'nobody' };
  expect(
    (await pod.invoke('CHECK', { environment: unknown, config: { prevResult: pod.result() } }))
      .document,
  ).toMatchObject({ code: 105 });
});
