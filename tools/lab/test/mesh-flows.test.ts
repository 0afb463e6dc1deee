import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addChained, type ChainedPod } from '../src/chained-pod.ts';
import {
  connectTcp,
  createVcnLab,
  installMeshPlugin,
  type LabPod,
  type MeshConnection,
  type MeshPlugin,
  type MeshProxy,
  meshPorts,
  passthrough,
  serveTcp,
  startMeshProxy,
  type VcnLab,
  type VcnLabNode,
} from '../src/index.ts';

const port = 8080;
const service = { address: '10.96.0.10', port: 80 };

interface Meshed extends ChainedPod {
  pod: LabPod;
  proxy: MeshProxy;
}

let lab: VcnLab;
let one: VcnLabNode;
let plugin: MeshPlugin;
let client: Meshed;
let near: Meshed;
let far: Meshed;
let plain: LabPod;

async function mesh(node: VcnLabNode, name: string): Promise<Meshed> {
  const pod = await node.pod(name);
  const options = { plugins: [plugin.config], path: [plugin.path], cniVersion: '1.1.0' };
  const chained = await addChained(node, pod, options);
  const proxy = await startMeshProxy(pod.namespace);
  return { ...chained, pod, proxy };
}

beforeAll(async () => {
  lab = await createVcnLab();
  one = lab.nodes[0]!;
  const two = lab.nodes[1]!;
  plugin = installMeshPlugin(one.paths.directory);
  await Promise.all(lab.nodes.map((node) => node.startDaemon()));
  await Promise.all(lab.nodes.map((node) => node.stocked()));
  client = await mesh(one, 'client');
  near = await mesh(one, 'near');
  far = await mesh(two, 'far');
  plain = await one.pod('plain');
  await plain.add();
  for (const { namespace } of [near.pod, far.pod, plain]) await serveTcp(namespace, port);
  await serveTcp(near.pod.namespace, meshPorts.health);
});
afterAll(() => lab[Symbol.asyncDispose]());

/** The proxy has seen it; its line may come after the answer did. */
const saw = ({ proxy }: Meshed, connection: MeshConnection) =>
  vi.waitFor(() => expect(proxy.seen).toContainEqual(connection), 2_000);

test('the plugin behind ours gets our result as it is', () => {
  const [call] = plugin.calls();
  expect(call).toMatchObject({ verb: 'ADD', config: { prevResult: client.result } });
  expect(client.result).toMatchObject({
    cniVersion: '1.1.0',
    interfaces: [
      { name: expect.stringMatching(/^oci[0-9a-f]{11}$/), mac: expect.any(String) },
      { name: 'eth0', mac: expect.any(String), sandbox: client.pod.path },
    ],
    ips: [
      { address: `${client.address('inet')}/32`, interface: 1, gateway: '169.254.1.1' },
      { address: `${client.address('inet6')}/128`, interface: 1, gateway: 'fe80::1' },
    ],
  });
});

describe.each(['inet', 'inet6'] as const)('%s', (family) => {
  test.each([
    ['one node', () => near],
    ['two nodes', () => far],
  ])('two meshed pods on %s: both proxies know where to', async (_, pick) => {
    const server = pick();
    const [from, address] = [client.address(family), server.address(family)];
    // The application sees its own proxy.
    expect(await connectTcp(client.pod.namespace, address, port)).toBe(passthrough[family]);
    await saw(client, { way: 'outbound', from, address, port });
    await saw(server, { way: 'inbound', from, address, port });
  });

  test('with a pod outside of the mesh, both ways', async () => {
    const [inside, outside] = [near.address(family), plain.address(family)];
    expect(await connectTcp(plain.namespace, inside, port)).toBe(passthrough[family]);
    await saw(near, { way: 'inbound', from: outside, address: inside, port });
    const from = client.address(family);
    expect(await connectTcp(client.pod.namespace, outside, port)).toBe(from);
    await saw(client, { way: 'outbound', from, address: outside, port });
  });

  test('probes of the node: by the proxy, and past it', async () => {
    const from = one.primary.address[family]!;
    const address = near.address(family);
    expect(await connectTcp(one.namespace, address, port)).toBe(passthrough[family]);
    await saw(near, { way: 'inbound', from, address, port });
    expect(await connectTcp(one.namespace, address, meshPorts.health)).toBe(from);
    expect(near.proxy.seen.map((seen) => seen.port)).not.toContain(meshPorts.health);
  });
});

test('a service: its address before the node translates it, the pod behind', async () => {
  const { address } = service;
  const { code } = await one.namespace.exec('iptables', [
    ...['-t', 'nat', '-A', 'PREROUTING', '-d', address, '-p', 'tcp', '--dport', `${service.port}`],
    ...['-j', 'DNAT', '--to-destination', `${far.address()}:${port}`],
  ]);
  expect(code).toBe(0);
  const from = client.address();
  expect(await connectTcp(client.pod.namespace, address, service.port)).toBe(passthrough.inet);
  await saw(client, { way: 'outbound', from, ...service });
  await saw(far, { way: 'inbound', from, address: far.address(), port });
});

test('CHECK and DEL of the list; nothing is left', async () => {
  for (const { check } of [client, near, far]) await check();
  for (const { del } of [client, near, far]) await del();
  await plain.del();
  for (const { verb, config } of plugin.calls().slice(3)) {
    expect(['CHECK', 'DEL']).toContain(verb);
    expect([client, near, far].map(({ result }) => result)).toContainEqual(config.prevResult);
  }
  // The rule of the test stays, with the address behind it.
  const own = [client.address(), near.address(), 'oci'];
  const left = (await one.residue()).filter((line) => own.some((text) => line.includes(text)));
  expect(left).toEqual([]);
});
