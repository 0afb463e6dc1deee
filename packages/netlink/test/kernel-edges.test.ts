import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDescriptor } from '../src/driver/descriptor.ts';
import { inside } from '../src/driver/index.ts';
import { openWatcher } from '../src/driver/watcher.ts';
import type { Change, Operation } from '../src/index.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const addressOf = (at: number): string => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}/32`;
const put = (at: number): Operation => ({
  op: 'address.put',
  address: { link: 'lo', address: addressOf(at) },
});

test('a batch larger than any buffer is done whole, refusals at their places', async () => {
  const { handle } = sandbox.namespace('large');
  const bad: Operation = { op: 'link.set', link: { name: 'none', mtu: 1500 } };
  const operations = [...Array.from({ length: 3000 }, (_, at) => put(at)), bad, bad];
  await expect(handle.apply(operations)).rejects.toMatchObject({ index: 3000, done: 3000 });
  const { addresses } = await handle.snapshot({ links: ['lo'] });
  expect(addresses.filter(({ address }) => address.startsWith('10.'))).toHaveLength(3000);
});

test('a snapshot while everything changes is consistent', async () => {
  const { handle } = sandbox.namespace('busy');
  await handle.apply(Array.from({ length: 500 }, (_, at) => put(at)));
  const busy = (async () => {
    for (let round = 0; round < 20; round++) {
      await handle.apply([{ ...put(900), op: 'address.delete' } as Operation, put(900)]);
    }
  })();
  for (let read = 0; read < 5; read++) {
    const { addresses } = await handle.snapshot();
    const kept = addresses.filter(
      ({ address }) => address.startsWith('10.0.') && address !== addressOf(900),
    );
    expect(new Set(kept.map(({ address }) => address)).size).toBe(500);
  }
  await busy;
});

test('a watcher that cannot keep up is told so', async () => {
  const { path } = sandbox.namespace('watched');
  const changes: Change[] = [];
  const fd = openDescriptor(path);
  let overrun = (): void => {};
  const told = new Promise<void>((resolve) => {
    overrun = resolve;
  });
  // 4 KiB hold a few announcements; this thread reads none while it waits for the other process.
  const watcher = inside(fd, path, () =>
    openWatcher((change) => {
      changes.push(change);
      if (change.kind === 'overrun') overrun();
    }, 4096),
  );
  const input = Array.from(
    { length: 400 },
    (_, at) => `address add ${addressOf(at)} dev lo\n`,
  ).join('');
  const typed = spawnSync('nsenter', [`--net=${path}`, 'ip', '-batch', '-'], { input });
  expect(typed.status).toBe(0);
  await told;
  watcher[Symbol.dispose]();
  expect(changes.some(({ kind }) => kind === 'overrun')).toBe(true);
});

test('a watcher tells links, addresses, routes, rules and neighbours, by name', async () => {
  const { handle, exec } = sandbox.namespace('told');
  await exec('ip', ['link', 'add', 'name', 'old0', 'up', 'type', 'bridge']);
  const seen: Change[] = [];
  let wake = (): void => {};
  using _ = handle.watch((change) => {
    seen.push(change);
    wake();
  });
  await handle.snapshot();
  await exec('sh', [
    '-c',
    `ip link add name w0 type veth peer name w1
     ip address add 10.3.0.1/32 dev old0
     ip link set w0 up; ip link set w1 up
     ip route add 10.4.0.0/24 dev old0 table 77 proto 184
     ip rule add priority 99 from 10.3.0.1 lookup 77
     ip neighbour add 10.4.0.9 lladdr 02:00:00:00:00:09 dev old0
     ip link delete w0`,
  ]);
  const facts = (): string[] =>
    seen.map((change) => {
      if (change.kind === 'link') return `${change.event} link ${change.link.name}`;
      if (change.kind === 'address')
        return `${change.event} address ${change.address.address} ${change.address.link}`;
      if (change.kind === 'route')
        return `${change.event} route ${change.route.destination} ${change.route.link}`;
      if (change.kind === 'rule') return `${change.event} rule ${change.rule.priority}`;
      if (change.kind === 'neighbour')
        return `${change.event} neighbour ${change.neighbour.address} ${change.permanent}`;
      return change.kind;
    });
  const expected = [
    'new link w0',
    'new address 10.3.0.1/32 old0',
    'new route 10.4.0.0/24 old0',
    'new rule 99',
    'new neighbour 10.4.0.9 true',
    'gone link w0',
  ];
  while (!expected.every((fact) => facts().includes(fact))) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
});

test("a listener's throw is an uncaught exception, not the end of the process", async () => {
  const { handle } = sandbox.namespace('throwing');
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const caught = new Promise((resolve) => process.once('uncaughtException', resolve));
  try {
    let calls = 0;
    using _ = handle.watch(() => {
      if (++calls === 1) throw new Error('in the listener');
    });
    await handle.apply([put(1), put(2)]);
    expect(await caught).toMatchObject({ message: 'in the listener' });
  } finally {
    for (const listener of listeners) process.on('uncaughtException', listener);
  }
});

test('GSO and GRO limits: set where the kernel knows them, else told', async () => {
  const { handle } = sandbox.namespace('limits');
  const link = {
    name: 'l0',
    kind: 'veth',
    peer: { name: 'l1' },
    gsoMaxSize: 32_768,
    groMaxSize: 1_000_000_000,
  } as const;
  const { unsupported } = await handle.apply([{ op: 'link.create', link }]);
  const fact = (await handle.snapshot({ links: ['l0'] })).links[0];
  expect(fact?.gsoMaxSize).toBe(32_768);
  expect(unsupported).toEqual([0]);
});

test('an index that is taken is chosen anew', async () => {
  const { handle, exec } = sandbox.namespace('indexes');
  const make = (name: string): Operation => ({
    op: 'link.create',
    link: { name, kind: 'veth', alias: `mine/${name}`, peer: { name: `${name}p` } },
  });
  const { created } = await handle.apply([make('a')]);
  const next = created['a']!.index + 2;
  for (const [name, index] of [
    ['t0', next + 1],
    ['t1', 7777],
  ] as const) {
    await exec('ip', ['link', 'add', 'name', name, 'index', String(index), 'type', 'bridge']);
  }
  // The peer's number is taken; the host end's is free.
  const again = await handle.apply([make('b')]);
  const { links } = await handle.snapshot();
  expect(links.find(({ name }) => name === 'b')).toMatchObject({
    index: again.created['b']!.index,
    alias: 'mine/b',
  });
  expect(
    links
      .filter(({ alias }) => alias)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['a', 'b']);
});

test.for(['bridge', 'dummy', 'macvlan', 'vlan'] as const)(
  'a %s can be made',
  async (kind, { skip }) => {
    const { handle } = sandbox.namespace(`kind-${kind}`);
    const parent = { name: 'low', kind: 'veth', peer: { name: 'low-p' } } as const;
    const upper = kind === 'macvlan' || kind === 'vlan';
    const link = {
      name: 'k0',
      kind,
      mtu: 1400,
      ...(upper ? { parent: 'low' } : {}),
      ...(kind === 'vlan' ? { vlanId: 42 } : {}),
      ...(kind === 'macvlan' ? { macvlanMode: 'private' as const } : {}),
    };
    try {
      await handle.apply([
        { op: 'link.create', link: parent },
        { op: 'link.create', link },
      ]);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EOPNOTSUPP') throw error;
      return skip(`this kernel has no links of kind ${kind}`);
    }
    const fact = (await handle.snapshot({ links: ['k0'] })).links[0];
    expect(fact).toMatchObject({ kind, mtu: 1400 });
    if (kind === 'vlan') expect(fact?.vlanId).toBe(42);
    if (kind === 'macvlan') expect(fact?.macvlanMode).toBe('private');
  },
);

test('connection tracking is flushed by address, both families', async ({ skip }) => {
  const { handle, exec } = sandbox.namespace('tracked');
  const rules = `table inet t { chain c { type filter hook output priority 0; ct state new accept; }; }`;
  const loaded = await exec('nft', ['-f', '-'], { input: rules });
  if (loaded.code !== 0) {
    return skip(`no connection tracking here: ${loaded.stderr}`);
  }
  await handle.apply([
    { op: 'address.put', address: { link: 'lo', address: '10.9.0.1/32' } },
    { op: 'address.put', address: { link: 'lo', address: '10.9.0.2/32' } },
    { op: 'address.put', address: { link: 'lo', address: 'fd09::1/128', nodad: true } },
  ]);
  for (const target of ['10.9.0.1', '10.9.0.2', 'fd09::1']) {
    expect((await exec('ping', ['-c1', '-W1', target])).code).toBe(0);
  }
  expect(await handle.flushConntrack(['10.9.0.1', 'fd09::1'])).toBe(2);
  expect(await handle.flushConntrack(['10.9.0.1', 'fd09::1'])).toBe(0);
  expect(await handle.flushConntrack(['10.9.0.2'])).toBe(1);
});

test('a closed handle rejects, and what was in flight too', async () => {
  await using own = await createSandbox();
  const { handle } = own.namespace('closing');
  const inFlight = handle.snapshot();
  handle.close();
  await expect(inFlight).rejects.toThrow('closed');
  await expect(handle.apply([put(1)])).rejects.toThrow('closed');
  expect(() => handle.watch(() => {})).toThrow('closed');
  await expect(handle.deleteLinks([{ index: 2, alias: 'x' }])).rejects.toThrow('closed');
});
