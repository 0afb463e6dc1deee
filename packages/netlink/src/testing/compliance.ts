/** What every `Namespace` must do: run on the fake and on the kernel. */
import assert from 'node:assert/strict';
import type { Change } from '../change.ts';
import type { Namespace } from '../namespace.ts';
import type { Operation, RouteSpec } from '../state.ts';

/** Two empty namespaces (but for `lo`), fresh for each case. */
export interface ComplianceSubject {
  host: Namespace;
  pod: Namespace;
}

export interface ComplianceCase {
  name: string;
  run(subject: ComplianceSubject): Promise<void>;
}

const alias = 'compliance/1 pair';
const pair = {
  op: 'link.create',
  link: {
    name: 'host0',
    kind: 'veth',
    mac: '02:00:00:00:01:01',
    mtu: 9000,
    alias,
    peer: { name: 'pod0', mac: '02:00:00:00:01:02', mtu: 9000, namespace: 'pod' },
  },
} satisfies Operation;
const up = (name: string): Operation => ({ op: 'link.set', link: { name, up: true } });
const address = (link: string, text: string): Operation => ({
  op: 'address.put',
  address: { link, address: text, nodad: true },
});
const podRoute: RouteSpec = {
  family: 'inet',
  destination: '10.5.0.2/32',
  link: 'host0',
  table: 1000,
  protocol: 184,
};

async function withPair({ host, pod }: ComplianceSubject): Promise<number> {
  const { created } = await host.apply([pair], { namespaces: { pod } });
  await pod.apply([address('pod0', '10.5.0.2/32'), address('pod0', 'fd05::2/128'), up('pod0')]);
  await host.apply([up('host0'), { op: 'route.put', route: podRoute }]);
  return created['host0']!.index;
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'none';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

async function pairIsBorn({ host, pod }: ComplianceSubject): Promise<void> {
  const { created } = await host.apply([pair], { namespaces: { pod } });
  const here = (await host.snapshot({ links: ['host0'] })).links[0];
  const there = (await pod.snapshot({ links: ['pod0'] })).links[0];
  assert.equal(here?.index, created['host0']?.index);
  assert.equal(there?.index, created['host0']?.peerIndex);
  assert.equal(here?.peerIndex, there?.index);
  assert.equal(there?.peerIndex, here?.index);
  assert.equal(here?.alias, alias);
  assert.deepEqual([here?.mac, there?.mac], ['02:00:00:00:01:01', '02:00:00:00:01:02']);
  assert.deepEqual([here?.mtu, there?.mtu, here?.up], [9000, 9000, false]);
}

async function takenNameIsRefused(subject: ComplianceSubject): Promise<void> {
  await withPair(subject);
  const before = await subject.host.snapshot();
  const again: Operation = { ...pair, link: { ...pair.link, alias: 'other' } };
  const attempt = subject.host.apply([again], { namespaces: { pod: subject.pod } });
  assert.equal(await codeOf(attempt), 'EEXIST');
  assert.deepEqual((await subject.host.snapshot()).links, before.links);
}

async function putsAreIdempotent({ host }: ComplianceSubject): Promise<void> {
  const operations: Operation[] = [
    address('lo', '10.6.0.1/32'),
    address('lo', 'fd06::1/128'),
    { op: 'rule.put', rule: { family: 'inet', priority: 512, action: 'lookup', table: 1000 } },
    {
      op: 'route.put',
      route: { family: 'inet6', destination: 'fd07::/64', link: 'lo', table: 1000 },
    },
  ];
  await host.apply(operations);
  const scope = { links: ['lo'], tables: [1000] };
  const once = await host.snapshot(scope);
  await host.apply(operations);
  assert.deepEqual(await host.snapshot(scope), once);
  assert.equal(once.routes.length, 1);
}

async function lastAddressTakesRoutes(subject: ComplianceSubject): Promise<void> {
  await withPair(subject);
  const { host } = subject;
  const routes = async (): Promise<number> =>
    (await host.snapshot({ links: ['host0'], tables: [1000] })).routes.length;
  await host.apply([address('host0', '10.7.0.1/32'), address('host0', '10.8.0.1/32')]);
  await host.apply([{ op: 'address.delete', address: { link: 'host0', address: '10.7.0.1/32' } }]);
  assert.equal(await routes(), 1);
  await host.apply([{ op: 'address.delete', address: { link: 'host0', address: '10.8.0.1/32' } }]);
  assert.equal(await routes(), 0);
}

async function downTakesRoutesAndIpv6(subject: ComplianceSubject): Promise<void> {
  await withPair(subject);
  const { pod } = subject;
  await pod.apply([{ op: 'link.set', link: { name: 'pod0', up: false } }]);
  const { addresses } = await pod.snapshot({ links: ['pod0'] });
  assert.deepEqual(
    addresses.map((one) => one.address),
    ['10.5.0.2/32'],
  );
}

async function goneWithItsPeer(subject: ComplianceSubject): Promise<void> {
  const index = await withPair(subject);
  const { host, pod } = subject;
  assert.deepEqual(await host.deleteLinks([{ index, alias: 'wrong' }]), ['foreign']);
  assert.deepEqual(await host.deleteLinks([{ index, alias }]), ['deleted']);
  assert.deepEqual(await host.deleteLinks([{ index, alias }]), ['absent']);
  assert.deepEqual((await pod.snapshot({ links: ['pod0'] })).links, []);
  assert.deepEqual((await host.snapshot({ tables: [1000] })).routes, []);
}

async function refusalsAreNamed({ host }: ComplianceSubject): Promise<void> {
  const down: Operation = {
    op: 'link.create',
    link: { name: 'v0', kind: 'veth', peer: { name: 'v1' } },
  };
  await host.apply([down]);
  const route = (spec: Partial<RouteSpec>): Promise<unknown> =>
    host.apply([
      {
        op: 'route.put',
        route: { family: 'inet', destination: '10.9.0.0/24', link: 'v0', ...spec },
      },
    ]);
  assert.equal(await codeOf(route({})), 'ENETDOWN');
  assert.equal(await codeOf(route({ link: 'none' })), 'ENODEV');
  await host.apply([up('v0')]);
  assert.equal(await codeOf(route({ gateway: '192.0.2.1' })), 'ENETUNREACH');
  assert.equal(await codeOf(route({ gateway: '192.0.2.1', onlink: true })), 'none');
  assert.equal(await codeOf(route({ source: '192.0.2.9' })), 'EINVAL');
}

async function missingIsDeleted({ host }: ComplianceSubject): Promise<void> {
  await host.apply([
    { op: 'address.delete', address: { link: 'none', address: '10.0.0.1/32' } },
    { op: 'address.delete', address: { link: 'lo', address: '10.0.0.1/32' } },
    { op: 'route.delete', route: podRoute },
    { op: 'rule.delete', rule: { family: 'inet', priority: 4000, action: 'unreachable' } },
    {
      op: 'neighbour.delete',
      neighbour: { link: 'lo', address: '10.0.0.1', mac: '02:00:00:00:00:01' },
    },
    { op: 'link.delete', name: 'none' },
  ]);
}

async function changesAreAnnounced({ host }: ComplianceSubject): Promise<void> {
  const seen: Change[] = [];
  let wake = (): void => {};
  const watch = host.watch((change) => {
    seen.push(change);
    wake();
  });
  await host.apply([
    address('lo', '10.6.0.1/32'),
    { op: 'rule.put', rule: { family: 'inet', priority: 512, action: 'lookup', table: 1000 } },
  ]);
  const told = (): boolean =>
    seen.some((one) => one.kind === 'address' && one.address.address === '10.6.0.1/32') &&
    seen.some((one) => one.kind === 'rule' && one.rule.priority === 512);
  while (!told()) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  watch[Symbol.dispose]();
  const count = seen.length;
  await host.apply([address('lo', '10.6.0.2/32')]);
  assert.equal(seen.length, count);
}

export const complianceCases: readonly ComplianceCase[] = [
  { name: 'both ends of a pair are born where they shall be', run: pairIsBorn },
  { name: 'a taken name is EEXIST, and nothing is changed', run: takenNameIsRefused },
  { name: 'puts can be repeated', run: putsAreIdempotent },
  { name: 'the last IPv4 address takes the routes along', run: lastAddressTakesRoutes },
  { name: 'down takes routes and IPv6 addresses along', run: downTakesRoutesAndIpv6 },
  { name: 'a deleted link is gone with its peer and its routes', run: goneWithItsPeer },
  { name: 'refusals have their codes', run: refusalsAreNamed },
  { name: 'deleting what is missing is success', run: missingIsDeleted },
  { name: 'changes are announced until the watcher is disposed of', run: changesAreAnnounced },
];
