import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Conflist, conflistOfPlugin, parseConflist } from '@vcn-cni/cni-spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attachment, Runtime, RuntimeOptions } from '../src/index.ts';
import { createRuntime, PluginFailure, SeveralFailures } from '../src/index.ts';
import { answer, createProbe, type Probe } from './probe.ts';

const attachment: Attachment = { containerId: 'c1', netns: '/nowhere/a', ifname: 'eth0' };
const result = { cniVersion: '1.1.0', ips: [{ address: '10.0.0.5/32' }] };
const key = { network: 'pods', containerId: 'c1', ifname: 'eth0' };

let probe: Probe;
let runtime: Runtime;
beforeEach(async () => {
  probe = await createProbe();
  await probe.plugin('one', onAdd(answer(result)));
  await probe.plugin('two', onAdd(answer({ ...result, vendor: 2 })));
  runtime = create();
});
afterEach(() => probe[Symbol.asyncDispose]());

const onAdd = (body: string) => `[ $CNI_COMMAND != ADD ] || { ${body}; }`;
const onVerb = (verb: string, body: string, otherwise = answer(result)) =>
  `case $CNI_COMMAND in ${verb}) ${body};; ADD) ${otherwise};; esac`;
const create = (options: Partial<RuntimeOptions> = {}) =>
  createRuntime({ path: [probe.folder], cacheDirectory: join(probe.folder, 'cache'), ...options });
const list = (fields: object = {}): Conflist =>
  parseConflist({
    cniVersion: '1.1.0',
    name: 'pods',
    plugins: [{ type: 'one', capabilities: { ips: true } }, { type: 'two' }],
    ...fields,
  });
const steps = async () =>
  (await probe.calls()).map(({ type, environment }) => `${environment['CNI_COMMAND']} ${type}`);
const results = () => readdir(join(probe.folder, 'cache/results'));

describe('add', () => {
  it('keeps the final result, the list and the parameters', async () => {
    const capabilities = { ips: ['10.0.0.5'] };
    const args: [string, string][] = [['A', '1']];
    expect(await runtime.add(list(), { ...attachment, args, capabilities })).toMatchObject(result);
    const kept = await runtime.cached(key);
    expect(kept).toMatchObject({ ...key, netns: '/nowhere/a', args, capabilities, result });
    expect(parseConflist(kept?.config)).toEqual(list());
    expect(await runtime.attachments('c1')).toEqual([kept]);
    expect(await runtime.attachments('c2')).toEqual([]);
  });

  it('keeps nothing and undoes nothing when it fails', async () => {
    await probe.plugin('two', onVerb('ADD', `${answer({ code: 104, msg: 'taken' })}; exit 1`));
    await expect(runtime.add(list(), attachment)).rejects.toMatchObject({ code: 104 });
    expect(await steps()).toEqual(['ADD one', 'ADD two']);
    expect(await runtime.cached(key)).toBeUndefined();
  });

  it('undoes a failure where that is asked for', async () => {
    await probe.plugin('two', onVerb('ADD', `${answer({ code: 104, msg: 'taken' })}; exit 1`));
    const undone = runtime.add(list(), attachment, { undo: true });
    await expect(undone).rejects.toMatchObject({ code: 104, verb: 'ADD', type: 'two' });
    expect(await steps()).toEqual(['ADD one', 'ADD two', 'DEL two', 'DEL one']);
    await probe.plugin('two', `${answer({ code: 104, msg: 'taken' })}; exit 1`);
    const failure = await runtime.add(list(), attachment, { undo: true }).catch((thrown) => thrown);
    expect(failure).toBeInstanceOf(SeveralFailures);
    expect(failure.errors.map((one: PluginFailure) => one.verb)).toEqual(['ADD', 'DEL']);
  });

  it('refuses names that would lead out of the cache, for every verb', async () => {
    const outside = { ...attachment, containerId: '../../x' };
    for (const verb of ['add', 'check', 'del'] as const) {
      await expect(runtime[verb](list(), outside)).rejects.toMatchObject({ code: 4 });
    }
    expect(await probe.calls()).toEqual([]);
  });

  it('does not begin where another attachment has the cache file', async () => {
    await runtime.add(list({ name: 'a' }), { ...attachment, containerId: 'b-c' });
    const other = runtime.add(list({ name: 'a-b' }), { ...attachment, containerId: 'c' });
    await expect(other).rejects.toThrow('network a, container b-c');
    expect(await steps()).toHaveLength(2);
  });
});

describe('check', () => {
  it('has the result and the parameters of ADD', async () => {
    await runtime.add(list(), { ...attachment, capabilities: { ips: ['10.0.0.5'] } });
    await runtime.check(list(), attachment);
    const calls = (await probe.calls()).slice(2);
    expect(calls.map(({ type }) => type)).toEqual(['one', 'two']);
    for (const { request } of calls) expect(request['prevResult']).toMatchObject(result);
    expect(calls[0]?.request['runtimeConfig']).toEqual({ ips: ['10.0.0.5'] });
  });

  it('is not sent before ADD, before 0.4.0, where disabled, or with a result that is broken', async () => {
    await expect(runtime.check(list(), attachment)).rejects.toMatchObject({ code: 105 });
    const old = list({ cniVersion: '0.3.1' });
    await expect(runtime.check(old, attachment)).rejects.toMatchObject({ code: 1 });
    await runtime.check(list({ disableCheck: 'true' }), attachment);
    await runtime.add(list(), attachment);
    await writeFile(join(probe.folder, 'cache/results/pods-c1-eth0'), '{"kind":"cniC');
    await expect(runtime.check(list(), attachment)).rejects.toThrow('pods-c1-eth0');
    expect(await steps()).toEqual(['ADD one', 'ADD two']);
  });
});

describe('del', () => {
  it('goes backward with the result of ADD, and forgets it', async () => {
    await runtime.add(list(), attachment);
    await runtime.del(list(), { ...attachment, netns: '' });
    await runtime.del(list(), { ...attachment, netns: '' });
    const [first, second, again] = (await probe.calls()).slice(2);
    expect([first?.type, second?.type]).toEqual(['two', 'one']);
    expect(first?.request['prevResult']).toMatchObject(result);
    expect(again?.request).not.toHaveProperty('prevResult');
    expect(await results()).toEqual([]);
  });

  it('keeps what it knows when it fails', async () => {
    await runtime.add(list(), attachment);
    await probe.plugin('two', 'exit 1');
    await expect(runtime.del(list(), attachment)).rejects.toBeInstanceOf(PluginFailure);
    expect(await results()).toEqual(['pods-c1-eth0']);
    expect(await steps()).toEqual(['ADD one', 'ADD two', 'DEL two']);
  });

  it.each([
    '{"kind":"cniCacheV1","contai',
    '',
    JSON.stringify({ cniVersion: '1.1.0', ips: 5 }),
    JSON.stringify({ cniVersion: '9.9.9' }),
  ])('goes on without a result when what is kept is %j', async (text) => {
    await runtime.add(list(), attachment);
    await writeFile(join(probe.folder, 'cache/results/pods-c1-eth0'), text);
    await runtime.del(list(), attachment);
    for (const { request } of (await probe.calls()).slice(2)) {
      expect(request).not.toHaveProperty('prevResult');
    }
    expect(await results()).toEqual([]);
  });
});

describe('gc', () => {
  const add = (containerId: string, netns = '/nowhere/a', name = 'pods') =>
    runtime.add(list({ name }), { ...attachment, containerId, netns });
  const gcCalls = async () =>
    (await probe.calls()).filter(({ environment }) => environment['CNI_COMMAND'] === 'GC');

  it('deletes what is not listed, of its own network, then asks the plugins', async () => {
    await add('c1');
    await add('c2');
    await add('c3', '/nowhere/a', 'others');
    const valid = [{ containerId: 'c2', ifname: 'eth0' }];
    const { deleted } = await runtime.gc(list(), { valid });
    expect(deleted.map(({ containerId }) => containerId)).toEqual(['c1']);
    expect((await steps()).slice(6)).toEqual(['DEL two', 'DEL one', 'GC one', 'GC two']);
    const [gc] = await gcCalls();
    const sent = [{ containerID: 'c2', ifname: 'eth0' }];
    expect(gc?.request).toEqual({
      cniVersion: '1.1.0',
      name: 'pods',
      type: 'one',
      'cni.dev/valid-attachments': sent,
      'cni.dev/attachments': sent,
    });
    expect(gc?.environment).toMatchObject({ CNI_CONTAINERID: '', CNI_NETNS: '', CNI_IFNAME: '' });
    expect(await results()).toEqual(['others-c3-eth0', 'pods-c2-eth0']);
  });

  it('takes the empty list for a list', async () => {
    await add('c1', '/proc/self/ns/net');
    await runtime.gc(list(), { valid: [] });
    expect(await results()).toEqual([]);
    expect((await gcCalls())[0]?.request['cni.dev/valid-attachments']).toEqual([]);
  });

  it.each([undefined, null])(
    'deletes only what is provably dead when the list is %s',
    async (valid) => {
      await add('c1', '/proc/self/ns/net');
      await add('c2', '/nowhere/a');
      await runtime.gc(list(), valid === undefined ? {} : { valid });
      expect(await results()).toEqual(['pods-c1-eth0']);
      expect(await gcCalls()).toEqual([]);
    },
  );

  it('goes on after failures, tells all, and what failed stays', async () => {
    await add('c1');
    await probe.plugin('one', onVerb('DEL|GC', 'exit 1'));
    const failure = await runtime.gc(list(), { valid: [] }).catch((thrown) => thrown);
    expect(failure.errors.map((one: PluginFailure) => `${one.verb} ${one.type}`)).toEqual([
      'DEL one',
      'GC one',
    ]);
    expect((await steps()).at(-1)).toBe('GC two');
    expect(await results()).toEqual(['pods-c1-eth0']);
  });

  it('does nothing where it is disabled, and sends no GC before 1.1.0', async () => {
    await add('c1');
    await runtime.gc(list({ disableGC: true }), { valid: [] });
    expect(await results()).toEqual(['pods-c1-eth0']);
    await runtime.gc(list({ cniVersion: '1.0.0' }), { valid: [] });
    expect(await results()).toEqual([]);
    expect(await gcCalls()).toEqual([]);
  });

  it('names files that it cannot use, and leaves them', async () => {
    await add('c1');
    await writeFile(join(probe.folder, 'cache/results/pods-c9-eth0'), '{"kind":"cniC');
    const { unreadable } = await runtime.gc(list(), { valid: [] });
    expect(unreadable.map(({ msg }) => msg)).toEqual([expect.stringContaining('pods-c9-eth0')]);
    expect(await results()).toEqual(['pods-c9-eth0']);
  });
});

describe('status, version, validate', () => {
  it('asks forward for status and keeps the code of the first that is not ready', async () => {
    await runtime.status(list());
    const [one] = await probe.calls();
    expect(one?.environment).toMatchObject({ CNI_COMMAND: 'STATUS', CNI_PATH: probe.folder });
    expect(one?.request).toEqual({ cniVersion: '1.1.0', name: 'pods', type: 'one' });
    await probe.plugin('one', `${answer({ code: 50, msg: 'starting' })}; exit 1`);
    await expect(runtime.status(list())).rejects.toMatchObject({ code: 50, verb: 'STATUS' });
    await runtime.status(list({ cniVersion: '1.0.0' }));
    expect(await steps()).toEqual(['STATUS one', 'STATUS two', 'STATUS one']);
  });

  it.each([
    [answer({ cniVersion: '1.0.0', supportedVersions: ['1.0.0'] }), ['1.0.0']],
    [`${answer({ code: 1, msg: 'unknown CNI_COMMAND: VERSION' })}; exit 1`, ['0.1.0']],
    [answer({ cniVersion: '0.2.0' }), ['0.1.0', '0.2.0']],
  ])('reads the versions of `%s`', async (body, versions) => {
    await probe.plugin('one', body);
    expect((await runtime.version('one')).supportedVersions).toEqual(versions);
  });

  it.each([
    [answer({ supportedVersions: ['1.0.0'] }), 6],
    [answer({ cniVersion: '1.0.0' }), 6],
    [`${answer({ code: 99, msg: 'no' })}; exit 1`, 99],
  ])('refuses the versions of `%s`', async (body, code) => {
    await probe.plugin('one', body);
    await expect(runtime.version('one')).rejects.toMatchObject({ code });
  });

  it('validates every plugin and tells the capabilities', async () => {
    const versions = answer({ cniVersion: '1.1.0', supportedVersions: ['1.0.0', '1.1.0'] });
    await probe.plugin('one', versions);
    await probe.plugin('two', versions);
    const plugins = [
      { type: 'one', capabilities: { ips: true, mac: false } },
      { type: 'two', capabilities: { ips: true, bandwidth: true } },
    ];
    expect(await runtime.validate(list({ plugins }))).toEqual(['ips', 'bandwidth']);
    const broken = list({ cniVersion: '0.4.0', plugins: [{ type: 'one' }, { type: 'missing' }] });
    const failure = await runtime.validate(broken).catch((thrown) => thrown);
    expect(failure).toMatchObject({ code: 1, errors: [{ code: 1 }, { code: 7 }] });
    expect(failure.message).toContain('does not speak cniVersion "0.4.0"');
    expect(failure.message).toContain('failed to find plugin "missing"');
  });
});

it('takes a single plugin as a list of one', async () => {
  const single = conflistOfPlugin({ cniVersion: '0.4.0', name: 'pods', type: 'one', mtu: 9000 });
  await probe.plugin('one', onAdd(answer({ cniVersion: '0.4.0' })));
  await runtime.add(single, attachment);
  await runtime.del(single, attachment);
  const [add, del] = await probe.calls();
  expect(add?.request).toEqual({ cniVersion: '0.4.0', name: 'pods', type: 'one', mtu: 9000 });
  expect(del?.request['prevResult']).toEqual({ cniVersion: '0.4.0' });
});

it('passes what it does not know byte by byte, and nothing reserved', async () => {
  const own = '{"z":{"n":12345678901234567890,"f":0.12345678901234567890},"type":"one","a":[null]';
  await runtime.add(
    parseConflist(
      `{"cniVersion":"1.1.0","name":"pods","plugins":[${own},"cni.dev/attachments":[]}]}`,
    ),
    attachment,
  );
  expect((await probe.calls())[0]?.stdin).toBe(`${own},"name":"pods","cniVersion":"1.1.0"}`);
});

describe('deadlines', () => {
  it.each(['add', 'del', 'status', 'gc'] as const)(
    'kills a plugin that hangs in %s',
    async (verb) => {
      await probe.plugin('one', `sleep 60 & echo $! > ${probe.folder}/pid; wait`);
      const alone = list({ plugins: [{ type: 'one' }] });
      const hanging = {
        add: () => runtime.add(alone, attachment, { timeout: 300 }),
        del: () => runtime.del(alone, attachment, { timeout: 300 }),
        status: () => runtime.status(alone, { timeout: 300 }),
        gc: () => runtime.gc(alone, { valid: [], timeout: 300 }),
      };
      await expect(hanging[verb]()).rejects.toMatchObject({
        code: 11,
        type: 'one',
        msg: expect.stringContaining('it did not answer in time and was killed'),
      });
      const pid = (await readFile(join(probe.folder, 'pid'), 'utf8')).trim();
      const state = () => readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ');
      await expect.poll(state).toContain('State:\tZ');
    },
  );

  it('names the plugin that does not answer VERSION, and rejects with the reason of a signal', async () => {
    await probe.plugin('one', 'sleep 60');
    await expect(runtime.version('one', { timeout: 300 })).rejects.toMatchObject({
      code: 11,
      msg: 'plugin "one" did not answer VERSION in time and was killed',
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(runtime.add(list(), attachment, { signal })).rejects.toThrow('enough');
  });

  it('counts the time that is spent waiting for the container', async () => {
    await probe.plugin('one', `touch ${probe.folder}/begun; sleep 60`);
    const abort = new AbortController();
    const first = runtime.add(list(), attachment, { signal: abort.signal });
    const settled = expect(first).rejects.toThrow('enough');
    await expect(runtime.del(list(), attachment, { timeout: 50 })).rejects.toMatchObject({
      code: 11,
      msg: 'the time was up while another operation was running',
    });
    abort.abort(new Error('enough'));
    await settled;
  });
});

it('runs nothing of a container at once, and GC alone', async () => {
  const busy = (what: string) =>
    `mkdir ${probe.folder}/${what} || exit 9; sleep 0.1; ${onAdd(answer(result))}; rmdir ${probe.folder}/${what}`;
  await probe.plugin('two', busy('$CNI_CONTAINERID.busy'));
  const interfaces = ['eth0', 'eth1', 'eth2'].map((ifname) => ({ ...attachment, ifname }));
  await Promise.all(interfaces.map((one) => runtime.add(list(), one)));
  const gc = runtime.gc(list({ cniVersion: '1.0.0' }), { valid: [] });
  const after = runtime.add(list(), attachment);
  expect((await gc).deleted).toHaveLength(3);
  await after;
  expect(await results()).toEqual(['pods-c1-eth0']);
});
