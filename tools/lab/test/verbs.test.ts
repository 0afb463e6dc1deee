import type { Result } from '@vcn-cni/cni-spec';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLab, type Lab, type LabPod, ping } from '../src/index.ts';

let lab: Lab;
let pods: LabPod[] = [];
let serial = 0;

beforeAll(async () => {
  lab = await createLab();
  await lab.startDaemon();
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(async () => {
  await Promise.all(pods.map((pod) => pod.invoke('DEL')));
  pods = [];
  expect(await podLinks()).toEqual([]);
});

async function pod(options = {}): Promise<LabPod> {
  const made = await lab.pod(`verbs-${serial++}`, options);
  pods.push(made);
  return made;
}

async function podLinks(): Promise<string[]> {
  const { stdout } = await lab.node.exec('ip', ['-o', 'link', 'show', 'type', 'veth']);
  return stdout.split('\n').filter((line) => /: oci/.test(line));
}

test('a pod of each family reaches node and world, and CHECK agrees', async () => {
  const made = await pod();
  const result = await made.add();
  expect(result.cniVersion).toBe('1.1.0');
  await made.check();
  for (const family of ['inet', 'inet6'] as const) {
    expect((await ping(lab.outside, made.address(family))).outcome).toBe('reached');
  }
});

test.each(['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0'])(
  'ADD and DEL in version %s',
  async (cniVersion) => {
    const made = await pod({ network: { cniVersion } });
    const result = await made.add();
    expect(result.cniVersion).toBe(cniVersion);
    if (cniVersion < '0.3.0') expect(result).toHaveProperty('ip4.ip');
    else expect(result.interfaces).toHaveLength(2);
    if (cniVersion >= '0.4.0') await made.check();
    await made.del();
    expect(await podLinks()).toEqual([]);
  },
);

test('VERSION answers what was asked with what it speaks', async () => {
  const { document } = await (await pod()).invoke('VERSION', { config: { cniVersion: '1.0.0' } });
  expect(document).toMatchObject({ cniVersion: '1.0.0' });
  expect(document?.['supportedVersions']).toHaveLength(7);
});

test('a second ADD of the same attachment is error 100 and touches nothing', async () => {
  const made = await pod();
  await made.add();
  const links = await podLinks();
  const { exitCode, document } = await made.invoke('ADD');
  expect(exitCode).toBe(1);
  expect(document).toMatchObject({ code: 100, cniVersion: '1.1.0' });
  expect(await podLinks()).toEqual(links);
  await made.check();
});

test('an interface that somebody else made in the pod is error 100 and stays', async () => {
  const made = await pod();
  await made.namespace.exec('ip', ['link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'x']);
  const { document } = await made.invoke('ADD');
  expect(document).toMatchObject({ code: 100 });
  expect((await made.namespace.exec('ip', ['link', 'show', 'eth0'])).code).toBe(0);
});

test('ADD again is served when the interface is provably gone', async () => {
  const made = await pod();
  await made.add();
  await lab.node.exec('ip', ['link', 'delete', made.hostLink()]);
  await made.add();
  await made.check();
});

test('net1 of a pod comes and goes while its eth0 lives', async () => {
  const eth0 = await pod();
  await eth0.add();
  const net1 = { environment: { CNI_IFNAME: 'net1' } };
  const { exitCode, document } = await eth0.invoke('ADD', net1);
  expect(exitCode).toBe(0);
  expect(await podLinks()).toHaveLength(2);
  await eth0.check();
  expect((await eth0.invoke('CHECK', { ...net1, config: { prevResult: document } })).document).toBe(
    undefined,
  );
  const source = (document as never as Result).ips![0]!.address.split('/')[0]!;
  expect((await ping(eth0.namespace, '203.0.113.10', { source })).outcome).toBe('reached');
  expect((await ping(eth0.namespace, '203.0.113.10')).outcome).toBe('reached');
  expect((await eth0.invoke('DEL', { ...net1, config: { prevResult: document } })).exitCode).toBe(
    0,
  );
  await eth0.check();
  expect((await eth0.namespace.exec('ip', ['rule'])).stdout).not.toContain(source);
});

test('a host link of that name that is not ours is error 103 and stays', async () => {
  const probe = await pod();
  await probe.add();
  const name = probe.hostLink();
  await probe.del();
  await lab.node.exec('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', 'foreign0']);
  const { document } = await probe.invoke('ADD');
  expect(document).toMatchObject({ code: 103 });
  expect((await lab.node.exec('ip', ['link', 'show', name])).code).toBe(0);
  await lab.node.exec('ip', ['link', 'delete', name]);
  await probe.add();
});

test('DEL of the unknown, twice, and without a namespace', async () => {
  const made = await pod();
  expect((await made.invoke('DEL')).exitCode).toBe(0);
  await made.add();
  const withoutNamespace = { environment: { CNI_NETNS: '' } };
  expect(await made.invoke('DEL', withoutNamespace)).toMatchObject({ exitCode: 0, stdout: '' });
  expect(await podLinks()).toEqual([]);
  expect(await made.invoke('DEL')).toMatchObject({ exitCode: 0, stdout: '' });
});

test("DEL with a prevResult that names another pod's address leaves that pod alone", async () => {
  const victim = await pod();
  const prevResult = await victim.add();
  const stranger = await pod();
  expect((await stranger.invoke('DEL', { config: { prevResult } })).exitCode).toBe(0);
  await victim.check();
  expect((await ping(lab.node, victim.address())).outcome).toBe('reached');
});

test('requested address and MAC', async () => {
  const made = await pod();
  const runtimeConfig = { ips: ['10.77.1.40'], mac: '0A:58:0A:4D:01:28' };
  const capabilities = { ips: true, mac: true };
  const result = await made.add({ config: { runtimeConfig, capabilities } });
  expect(made.address()).toBe('10.77.1.40');
  expect(result.interfaces?.[1]?.mac).toBe('0a:58:0a:4d:01:28');
  await made.check();
  const second = await pod();
  const { document } = await second.invoke('ADD', {
    config: { capabilities, runtimeConfig: { ips: ['10.77.1.40'] } },
  });
  expect(document).toMatchObject({ code: 104 });
  expect(document?.['msg']).toContain('10.77.1.40');
});

test.each([
  ['CNI_IFNAME', 'sixteen-bytes-ab'],
  ['CNI_IFNAME', 'a/b'],
  ['CNI_IFNAME', ''],
  ['CNI_CONTAINERID', '../x'],
  ['CNI_CONTAINERID', ''],
  ['CNI_NETNS', ''],
])('%s=%j is refused by name', async (variable, value) => {
  const { exitCode, document } = await (await pod()).invoke('ADD', {
    environment: { [variable]: value },
  });
  expect(exitCode).toBe(1);
  expect(document).toMatchObject({ code: 4, cniVersion: '1.1.0' });
  expect(`${document?.['msg']} ${document?.['details']}`).toContain(variable);
});

test('an ipam key is refused by name', async () => {
  const { document } = await (await pod()).invoke('ADD', {
    config: { ipam: { type: 'host-local' } },
  });
  expect(document?.['code']).toBe(2);
  expect(document?.['msg']).toMatch(/ipam.*host-local/);
});

test('a mtu that the VNIC cannot carry is refused, a smaller one is set', async () => {
  const made = await pod();
  const { document } = await made.invoke('ADD', { config: { mtu: 9001 } });
  expect(document).toMatchObject({ code: 7 });
  const result = await made.add({ config: { mtu: 1500 } });
  expect(result.interfaces?.map(({ mtu }) => mtu)).toEqual([1500, 1500]);
});
