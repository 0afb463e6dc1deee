import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Namespace, NetlinkError, openHost } from '../src/driver/index.ts';
import type { Operation } from '../src/index.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const alias = 'vcn-cni/1 test/abc/eth0';
const createPair = (pod: string): Operation => ({
  op: 'link.create',
  link: {
    name: 'ocia',
    kind: 'veth',
    mac: '02:00:00:00:00:01',
    mtu: 9000,
    alias,
    group: 7,
    peer: { name: 'eth0', mac: '02:00:00:00:00:02', mtu: 9000, namespace: pod },
  },
});

const podOperations: Operation[] = [
  { op: 'address.put', address: { link: 'eth0', address: '10.1.2.3/32' } },
  { op: 'address.put', address: { link: 'eth0', address: 'fd00::3/128', nodad: true } },
  { op: 'link.set', link: { name: 'eth0', up: true } },
  {
    op: 'route.put',
    route: {
      family: 'inet',
      destination: '0.0.0.0/0',
      link: 'eth0',
      gateway: '169.254.1.1',
      onlink: true,
    },
  },
  {
    op: 'neighbour.put',
    neighbour: { link: 'eth0', address: '169.254.1.1', mac: '02:00:00:00:00:01' },
  },
];

const hostOperations: Operation[] = [
  { op: 'sysctl.set', sysctl: { name: 'net/ipv4/conf/ocia/rp_filter', value: '1' } },
  { op: 'sysctl.set', sysctl: { name: 'net/ipv6/conf/ocia/addr_gen_mode', value: '1' } },
  { op: 'address.put', address: { link: 'ocia', address: 'fe80::1/64', nodad: true } },
  { op: 'link.set', link: { name: 'ocia', up: true } },
  {
    op: 'neighbour.put',
    neighbour: { link: 'ocia', address: '10.1.2.3', mac: '02:00:00:00:00:02' },
  },
  {
    op: 'route.put',
    route: { family: 'inet', destination: '10.1.2.3/32', link: 'ocia', table: 1000, protocol: 184 },
  },
  {
    op: 'rule.put',
    rule: { family: 'inet', priority: 512, action: 'lookup', table: 1000, protocol: 184 },
  },
];

test('a pod in three exchanges', async () => {
  const host = sandbox.namespace('host');
  const pod = sandbox.namespace('pod');
  const applied = await host.handle.apply([createPair('pod')], { namespaces: { pod: pod.handle } });
  await pod.handle.apply(podOperations);
  await host.handle.apply(hostOperations);
  const facts = JSON.parse((await host.exec('ip', ['-d', '-j', 'link', 'show', 'ocia'])).stdout);
  expect(facts[0]).toMatchObject({
    ifname: 'ocia',
    ifindex: applied.created['ocia']?.index,
    address: '02:00:00:00:00:01',
    mtu: 9000,
    ifalias: alias,
    group: '7',
    operstate: 'UP',
  });
  const inPod = JSON.parse((await pod.exec('ip', ['-j', 'address', 'show', 'eth0'])).stdout);
  expect(inPod[0]).toMatchObject({ ifindex: applied.created['ocia']?.peerIndex, mtu: 9000 });
  expect((await host.exec('ip', ['rule'])).stdout).toContain(
    '512:\tfrom all lookup 1000 proto 184',
  );
  const state = await host.handle.snapshot({
    links: ['ocia'],
    tables: [1000],
    ruleProtocol: 184,
    sysctls: ['net/ipv4/conf/ocia/rp_filter', 'net/ipv4/conf/none/rp_filter'],
  });
  expect(state).toMatchObject({
    links: [{ name: 'ocia', alias, up: true, running: true, kind: 'veth', group: 7 }],
    addresses: [{ link: 'ocia', address: 'fe80::1/64', nodad: true, scope: 'link' }],
    routes: [
      { destination: '10.1.2.3/32', table: 1000, link: 'ocia', protocol: 184, scope: 'link' },
    ],
    rules: [{ priority: 512, action: 'lookup', table: 1000, protocol: 184 }],
    neighbours: [{ link: 'ocia', address: '10.1.2.3', mac: '02:00:00:00:00:02' }],
    sysctls: [{ name: 'net/ipv4/conf/ocia/rp_filter', value: '1' }],
  });
  expect(state.routes).toHaveLength(1);
  expect(state.links).toHaveLength(1);
});

test('creating a link whose name is taken is EEXIST, and touches nothing', async () => {
  const host = sandbox.namespace('host');
  const pod = sandbox.namespace('other');
  const before = await host.handle.snapshot({ links: ['ocia'] });
  const create = createPair('pod');
  if (create.op === 'link.create') create.link.alias = 'another';
  const error = await host.handle
    .apply([create, { op: 'link.set', link: { name: 'ocia', mtu: 1280 } }], {
      namespaces: { pod: pod.handle },
    })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NetlinkError);
  expect(error).toMatchObject({ code: 'EEXIST', index: 0, done: 0, operation: create });
  expect(await host.handle.snapshot({ links: ['ocia'] })).toEqual(before);
});

test("a refusal names the operation, and has the kernel's own words", async () => {
  const host: Namespace = sandbox.namespace('host').handle;
  const bad: Operation = {
    op: 'route.put',
    route: { family: 'inet', destination: '10.9.0.0/16', link: 'ocia', gateway: '192.0.2.1' },
  };
  const error = await host
    .apply([{ op: 'link.set', link: { name: 'ocia', mtu: 8000 } }, bad])
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'ENETUNREACH',
    index: 1,
    done: 1,
    operation: bad,
    kernelMessage: 'Nexthop has invalid gateway',
  });
  expect(String(error)).toContain(
    'ip -4 route replace 10.9.0.0/16 via 192.0.2.1 dev ocia: ENETUNREACH',
  );
  const nowhere: Operation = {
    op: 'address.put',
    address: { link: 'gone', address: '10.0.0.1/32' },
  };
  await expect(host.apply([nowhere])).rejects.toMatchObject({ code: 'ENODEV', index: 0 });
});

test('deleting what is not there is success', async () => {
  const host = sandbox.namespace('host').handle;
  await host.apply([
    { op: 'address.delete', address: { link: 'ocia', address: '10.77.0.1/32' } },
    { op: 'address.delete', address: { link: 'nolink', address: '10.77.0.1/32' } },
    { op: 'route.delete', route: { family: 'inet6', destination: 'fd77::/64', table: 4711 } },
    { op: 'rule.delete', rule: { family: 'inet6', priority: 4711, action: 'unreachable' } },
    {
      op: 'neighbour.delete',
      neighbour: { link: 'ocia', address: '10.77.0.1', mac: '02:00:00:00:00:09' },
    },
    { op: 'link.delete', name: 'nolink' },
  ]);
});

test('a link that was made anew under its name is found again', async () => {
  const ns = sandbox.namespace('renewed');
  const make: Operation = {
    op: 'link.create',
    link: { name: 'v0', kind: 'veth', peer: { name: 'v1' } },
  };
  await ns.handle.apply([make]);
  await ns.exec('ip', ['link', 'delete', 'v0']);
  await ns.exec('ip', ['link', 'add', 'name', 'v0', 'type', 'veth', 'peer', 'name', 'v1']);
  await ns.handle.apply([
    { op: 'address.put', address: { link: 'v0', address: '10.0.0.1/32' } },
    { op: 'address.delete', address: { link: 'v1', address: '10.0.0.9/32' } },
  ]);
  const { addresses } = await ns.handle.snapshot({ links: ['v0'] });
  expect(addresses).toMatchObject([{ address: '10.0.0.1/32' }]);
});

test('deleteLinks: ours goes, the foreign stays, the absent is said', async () => {
  const host = sandbox.namespace('host').handle;
  const { links } = await host.snapshot({ links: ['ocia'] });
  const index = links[0]!.index;
  const outcome = await host.deleteLinks([
    { index, alias: 'not this' },
    { index: 999_999, alias },
  ]);
  expect(outcome).toEqual(['foreign', 'absent']);
  expect(await host.deleteLinks([{ index, alias }])).toEqual(['deleted']);
  expect((await host.snapshot({ links: ['ocia'] })).links).toEqual([]);
  const pod = sandbox.namespace('pod').handle;
  expect((await pod.snapshot({ links: ['eth0'] })).links).toEqual([]);
});

test('the handle on the own namespace works, and closing gives everything back', async () => {
  const host = openHost();
  expect((await host.snapshot({ links: ['lo'] })).links[0]).toMatchObject({ name: 'lo', index: 1 });
  host.close();
  await expect(host.snapshot()).rejects.toThrow('closed');
});
