import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Explanation } from '@vcn-cni/pod-network';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createVcnLab,
  type LabPod,
  misroute,
  ping,
  type VcnLab,
  type VcnLabNode,
} from '../src/index.ts';

let lab: VcnLab;
let one: VcnLabNode;
let two: VcnLabNode;
let alpha: LabPod;
let beta: LabPod;
let gamma: LabPod;
let captured: string;
beforeAll(async () => {
  lab = await createVcnLab({ nodes: 2, config: { reconcileSeconds: 3600 } });
  [one, two] = lab.nodes as [VcnLabNode, VcnLabNode];
  await Promise.all([one.startDaemon(), two.startDaemon()]);
  await Promise.all([one.stocked(), two.stocked()]);
  [alpha, beta, gamma] = [await one.pod('alpha'), await one.pod('beta'), await two.pod('gamma')];
  await Promise.all([alpha.add(), beta.add(), gamma.add()]);
  captured = join(one.paths.directory, 'two.json');
  await writeFile(captured, (await two.vcnctl('capture')).stdout);
}, 60_000);
afterAll(() => lab?.[Symbol.asyncDispose]());

async function trace(...args: string[]): Promise<{ code: number; traces: Explanation[] }> {
  const { code, stdout, stderr } = await one.vcnctl('trace', ...args, '--json');
  expect(stderr).toBe('');
  return { code, traces: JSON.parse(stdout).traces };
}

const passed = ({ steps }: Explanation) => [...new Set(steps.map(({ namespace }) => namespace))];

test('on one node: by the veths, and never by the VCN', async () => {
  const { code, traces } = await trace('default/alpha', 'beta');
  expect(code).toBe(0);
  expect(traces.map(({ verdict }) => verdict)).toEqual(['delivered', 'delivered']);
  for (const way of traces) {
    expect(passed(way)).toEqual(['default/alpha', 'node1', 'default/beta']);
    expect(passed(way.back!)).toEqual(['default/beta', 'node1', 'default/alpha']);
  }
});

test('across nodes: out and in by the VNIC of each address, with the capture of the other node', async () => {
  const { code, traces } = await trace('alpha', 'gamma', '--port', '80', '--with', captured);
  expect(code).toBe(0);
  expect(traces).toHaveLength(2);
  for (const way of traces) {
    expect(passed(way)).toEqual(['default/alpha', 'node1', 'VCN', 'node2', 'default/gamma']);
    expect(way.steps.filter(({ kind }) => kind === 'vnic').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^leaves by ens5: source \S+ is of this VNIC$/),
      expect.stringMatching(/ is of ens5 of node2$/),
    ]);
    expect(way.back?.verdict).toBe('delivered');
  }
});

test('without it the way ends in the VCN, and says so', async () => {
  const { traces } = await trace('alpha', gamma.address(), '--family', 'inet');
  expect(passed(traces[0]!)).toEqual(['default/alpha', 'node1', 'VCN']);
});

test.each([
  ['169.254.169.254', ['--port', '80'], 'dropped', /guard: .* drop/],
  ['169.254.0.2', ['--port', '3260'], 'dropped', /guard: .* drop/],
  ['169.254.169.254', ['--port', '53', '--proto', 'udp'], 'delivered', undefined],
] as const)('a pod to %s %j is %s', async (to, options, verdict, why) => {
  const { code, traces } = await trace('alpha', to, ...options);
  expect([traces[0]!.verdict, code]).toEqual([verdict, verdict === 'delivered' ? 0 : 1]);
  if (why) expect(traces[0]!.why).toMatch(why);
});

test('what the kernel is told to do wrong is what trace says, and what the packet does', async () => {
  const asked = ['alpha', 'gamma', '--family', 'inet', '--with', captured];
  const [from, to] = [alpha.address(), gamma.address()];
  await misroute(one.namespace, { from, to, table: 1001 }, async () => {
    const { traces } = await trace(...asked);
    expect(traces[0]).toMatchObject({ verdict: 'dropped', where: expect.stringMatching(/VCN/) });
    expect(traces[0]!.why).toMatch(/ens3/);
    expect(await ping(alpha.namespace, to)).toMatchObject({ outcome: 'unreached' });
  });
  expect((await trace(...asked)).traces[0]!.verdict).toBe('delivered');
  expect(await ping(alpha.namespace, to)).toMatchObject({ outcome: 'reached' });
});

test('a policy line on the veth is named', async () => {
  const rule = ['FORWARD', '-o', beta.hostLink(), '-p', 'tcp', '--dport', '81', '-j', 'DROP'];
  await one.namespace.exec('iptables', ['-I', ...rule]);
  try {
    const { traces } = await trace('alpha', 'beta', '--family', 'inet', '--port', '81');
    expect(traces[0]).toMatchObject({ verdict: 'dropped', where: 'node1' });
    expect(traces[0]!.why).toMatch(/iptables filter FORWARD.*--dport 81/);
    expect((await trace('alpha', 'beta', '--family', 'inet', '--port', '80')).code).toBe(0);
  } finally {
    await one.namespace.exec('iptables', ['-D', ...rule]);
  }
});

test('rules in the pod are seen once the way leads there', async () => {
  const rule = ['INPUT', '-p', 'tcp', '--dport', '82', '-j', 'REJECT'];
  await beta.namespace.exec('iptables', ['-A', ...rule]);
  const { traces } = await trace('alpha', 'beta', '--family', 'inet', '--port', '82');
  expect(traces[0]).toMatchObject({ verdict: 'dropped', where: 'default/beta' });
  await beta.namespace.exec('iptables', ['-D', ...rule]);
});

test('who is unknown, and what does not fit, is said in words', async () => {
  const refused = async (...args: string[]) => {
    const { code, stderr } = await one.vcnctl('trace', ...args);
    return [code, stderr.trim()];
  };
  expect(await refused('nobody', 'alpha')).toEqual([
    1,
    expect.stringMatching(/from: nobody is no pod, Service or node here.*default\/alpha/),
  ]);
  expect(await refused('alpha', 'beta', '--proto', 'tcp')).toEqual([
    1,
    expect.stringMatching(/port: tcp needs one; give it with --port/),
  ]);
  expect(await refused('alpha', 'beta', '--with', '/nowhere')).toEqual([
    1,
    expect.stringMatching(/--with \/nowhere: ENOENT.*vcnctl capture/),
  ]);
  expect((await refused('alpha', 'beta', '--port', '70000'))[0]).toBe(2);
  expect((await refused('alpha', 'beta', '--mermaid', '--svg'))[0]).toBe(2);
});

test.each([
  ['--mermaid', /^flowchart LR\n.*default\/beta/s],
  ['--svg', /^<svg .*default\/beta.*<\/svg>$/s],
])('as a picture: %s', async (option, expected) => {
  const { stdout, code } = await one.vcnctl('trace', 'alpha', 'beta', '--family', 'inet', option);
  expect(code).toBe(0);
  expect(stdout.trim()).toMatch(expected);
});

test('who has an address, and who had it', async () => {
  const delta = await one.pod('delta');
  await delta.add();
  const address = delta.address();
  const history = async () =>
    JSON.parse((await one.vcnctl('history', address, '--json')).stdout) as Record<string, unknown>;
  expect(await history()).toMatchObject({ state: 'leased', holder: { pod: 'default/delta' } });
  await delta.del();
  const { containerId } = delta;
  // It cools for a second in a laboratory.
  const after = await history();
  expect(after).toMatchObject({ before: [{ containerId }] });
  expect(after['state']).toMatch(/^(cooling|free)$/);
  const { code, stderr } = await one.vcnctl('history', '10.0.0');
  expect([code, stderr]).toEqual([1, 'vcnctl: address: "10.0.0" is no IP address\n']);
});
