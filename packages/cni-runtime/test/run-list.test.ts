import { parseConflist } from '@vcn-cni/cni-spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attachment } from '../src/attachment.ts';
import { PluginFailure } from '../src/plugin-failure.ts';
import { type RunListOptions, runList } from '../src/run-list.ts';
import { answer, createProbe, type Probe } from './probe.ts';

const attachment: Attachment = { containerId: 'c1', netns: '/run/netns/a', ifname: 'eth0' };
const first = { cniVersion: '1.0.0', ips: [{ address: '10.0.0.5/32' }], vendor: 1 };
const last = { ...first, routes: [{ dst: '0.0.0.0/0' }] };

let probe: Probe;
beforeEach(async () => {
  probe = await createProbe();
  await probe.plugin('one', `[ $CNI_COMMAND != ADD ] || ${answer(first)}`);
  await probe.plugin('two', `[ $CNI_COMMAND != ADD ] || ${answer(last)}`);
});
afterEach(() => probe[Symbol.asyncDispose]());

function run(options: Partial<RunListOptions> & { fields?: object }) {
  const { fields, ...rest } = options;
  const list = { cniVersion: '1.0.0', name: 'pods', plugins: [{ type: 'one' }, { type: 'two' }] };
  return runList({
    verb: 'ADD',
    list: parseConflist({ ...list, ...fields }),
    attachment,
    path: [probe.folder],
    ...rest,
  });
}

const types = async () => (await probe.calls()).map(({ type }) => type);

describe('ADD', () => {
  it('goes forward, hands results on and returns the last', async () => {
    expect(await run({})).toEqual(last);
    const [one, two] = await probe.calls();
    expect(one).toMatchObject({
      type: 'one',
      request: { cniVersion: '1.0.0', name: 'pods', type: 'one' },
    });
    expect(one?.request).not.toHaveProperty('prevResult');
    expect(two?.request['prevResult']).toEqual(first);
  });

  it('sets every parameter over its own environment', async () => {
    const environment = { PATH: process.env['PATH'], OWN: 'kept', CNI_IFNAME: 'stale' };
    const args: [string, string][] = [
      ['IgnoreUnknown', '1'],
      ['K8S_POD_NAME', 'p'],
    ];
    await run({
      environment,
      attachment: { ...attachment, args },
      path: ['/nowhere', probe.folder],
    });
    expect((await probe.calls())[0]?.environment).toMatchObject({
      OWN: 'kept',
      CNI_COMMAND: 'ADD',
      CNI_CONTAINERID: 'c1',
      CNI_NETNS: '/run/netns/a',
      CNI_IFNAME: 'eth0',
      CNI_ARGS: 'IgnoreUnknown=1;K8S_POD_NAME=p',
      CNI_PATH: `/nowhere:${probe.folder}`,
    });
  });

  it('gives each plugin the capabilities it declares, and never the declaration', async () => {
    const plugins = [
      { type: 'one', capabilities: { ips: true, mac: false } },
      { type: 'two', capabilities: { portMappings: true } },
    ];
    const capabilities = { ips: ['10.0.0.9'], mac: '02:00:00:00:00:01' };
    await run({ fields: { plugins }, attachment: { ...attachment, capabilities } });
    const [one, two] = (await probe.calls()).map(({ request }) => request);
    expect(one?.['runtimeConfig']).toEqual({ ips: ['10.0.0.9'] });
    expect(two).not.toHaveProperty('runtimeConfig');
    for (const request of [one, two]) expect(request).not.toHaveProperty('capabilities');
  });

  it('passes unknown fields unchanged', async () => {
    const plugin = '{"z":{"n":12345678901234567890},"type":"one","a":[null,"ä"]}';
    const list = parseConflist(`{"cniVersion":"1.0.0","name":"pods","plugins":[${plugin}]}`);
    await run({ list });
    const [one] = await probe.calls();
    expect(one?.stdin).toBe(`${plugin.slice(0, -1)},"name":"pods","cniVersion":"1.0.0"}`);
  });

  it('stops at the first failure, which keeps its code', async () => {
    const error = { cniVersion: '1.0.0', code: 104, msg: 'taken', details: 'by b' };
    await probe.plugin('one', `${answer(error)}; exit 1`);
    const failure = await run({}).catch((thrown) => thrown);
    expect(failure).toBeInstanceOf(PluginFailure);
    expect(failure).toMatchObject({
      code: 104,
      msg: 'plugin type="one" name="pods" failed (add): taken',
      details: 'by b',
    });
    expect(await types()).toEqual(['one']);
  });

  it.each([
    ['exit 3', 'plugin exited with code 3 without a message'],
    ['echo broken >&2; exit 1', 'broken'],
    ['echo nonsense; exit 1', 'cannot be decoded'],
    ['echo "{}{}"; exit 1', 'cannot be decoded'],
    ['kill -9 $$', 'was killed by SIGKILL'],
    ['exit 0', 'the result is empty'],
    [answer({ cniVersion: '1.0.0', ips: [{ address: 'x' }] }), 'ips[0].address "x"'],
  ])('explains the plugin that does `%s`', async (body, words) => {
    await probe.plugin('two', body);
    const failure = await run({}).catch((thrown) => thrown);
    expect(failure.message).toContain('plugin type="two" name="pods" failed (add)');
    expect(failure.message).toContain(words);
    expect(failure.code).toBeGreaterThan(5);
  });

  it('stamps a result without version, and converts one of another', async () => {
    const old = { cniVersion: '0.4.0', ips: [{ version: '4', address: '10.0.0.5/32' }] };
    await probe.plugin('one', answer(old));
    await probe.plugin('two', answer({ ips: first.ips }));
    expect(await run({})).toEqual({ cniVersion: '1.0.0', ips: first.ips });
    expect((await probe.calls())[1]?.request['prevResult']).toEqual({
      cniVersion: '1.0.0',
      ips: first.ips,
    });
  });

  it.each([
    [{ attachment: { ...attachment, containerId: '../x' } }, 'container id "../x"'],
    [{ attachment: { ...attachment, ifname: '..' } }, 'interface name ".."'],
    [{ fields: { plugins: [{ type: 'three' }] } }, 'failed to find plugin "three"'],
  ])('refuses %j', async (options, words) => {
    await expect(run(options)).rejects.toThrow(words);
    expect(await probe.calls()).toEqual([]);
  });
});

describe('CHECK', () => {
  it('goes forward with the final result for all', async () => {
    await run({ verb: 'CHECK', prevResult: last });
    expect(await types()).toEqual(['one', 'two']);
    for (const { request } of await probe.calls()) expect(request['prevResult']).toEqual(last);
  });

  it('is not sent where it is disabled, and not before 0.4.0', async () => {
    await run({ verb: 'CHECK', fields: { disableCheck: true } });
    await expect(run({ verb: 'CHECK', fields: { cniVersion: '0.3.1' } })).rejects.toMatchObject({
      code: 1,
    });
    expect(await probe.calls()).toEqual([]);
  });
});

describe('DEL', () => {
  it('goes backward with the final result for all', async () => {
    await run({ verb: 'DEL', prevResult: last, attachment: { ...attachment, netns: '' } });
    expect(await types()).toEqual(['two', 'one']);
    for (const { request } of await probe.calls()) expect(request['prevResult']).toEqual(last);
  });

  it('works without a result, and has none before 0.4.0', async () => {
    await run({ verb: 'DEL' });
    await run({ verb: 'DEL', fields: { cniVersion: '0.3.1' }, prevResult: last });
    for (const { request } of await probe.calls()) expect(request).not.toHaveProperty('prevResult');
  });

  it('stops at the first failure', async () => {
    await probe.plugin('two', 'exit 1');
    await expect(run({ verb: 'DEL' })).rejects.toThrow('failed (del)');
    expect(await types()).toEqual(['two']);
  });
});

it('passes standard error on, also of success', async () => {
  await probe.plugin('one', `echo hello >&2; ${answer(first)}`);
  const lines: string[] = [];
  await run({ onStderr: (text, plugin) => lines.push(`${plugin.type}: ${text}`) });
  expect(lines).toEqual(['one: hello\n']);
});
