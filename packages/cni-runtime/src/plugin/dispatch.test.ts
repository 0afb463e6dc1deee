import { CniError, type Invocation, type Loss, type Result } from '@vcn-cni/cni-spec';
import { describe, expect, it } from 'vitest';
import { type DispatchOptions, dispatch } from './dispatch.ts';
import type { PluginHandlers } from './handlers.ts';

const environment = {
  CNI_COMMAND: 'ADD',
  CNI_CONTAINERID: 'c1',
  CNI_NETNS: '/run/netns/a',
  CNI_IFNAME: 'eth0',
};
const config = { cniVersion: '1.1.0', name: 'pods', type: 'test' };
const result: Result = { cniVersion: '1.1.0', ips: [{ address: '10.0.0.5/32' }] };

/** Serves a call with handlers that note which verb they were called for. */
async function call(
  env: Record<string, string>,
  stdin: unknown = config,
  handlers: PluginHandlers = {},
  options: DispatchOptions = {},
  signal = new AbortController().signal,
) {
  const called: Invocation[] = [];
  const note = async (invocation: Invocation) => void called.push(invocation);
  const all: PluginHandlers = {
    add: async (invocation) => {
      called.push(invocation);
      return result;
    },
    del: note,
    check: note,
    gc: note,
    status: note,
    ...handlers,
  };
  const text =
    typeof stdin === 'string' || stdin instanceof Uint8Array ? stdin : JSON.stringify(stdin);
  const answer = await dispatch(all, { environment: env, stdin: text }, { signal }, options);
  const output = answer.stdout === '' ? undefined : JSON.parse(answer.stdout);
  return { ...answer, output, called };
}

describe('dispatch', () => {
  it('hands the parsed call to the handler and prints its result in the version asked for', async () => {
    const env = { ...environment, CNI_ARGS: 'K8S_POD_NAME=p', CNI_PATH: '/a:/b' };
    const { exitCode, output, called } = await call(env, { ...config, cniVersion: '0.4.0' });
    expect(exitCode).toBe(0);
    expect(output).toEqual({
      cniVersion: '0.4.0',
      ips: [{ version: '4', address: '10.0.0.5/32' }],
    });
    expect(called[0]).toMatchObject({
      verb: 'ADD',
      containerId: 'c1',
      netns: '/run/netns/a',
      ifname: 'eth0',
      args: new Map([['K8S_POD_NAME', 'p']]),
      path: ['/a', '/b'],
    });
  });

  it.each(['DEL', 'CHECK', 'GC', 'STATUS'])('prints nothing after %s', async (verb) => {
    const { exitCode, stdout, called } = await call({
      ...environment,
      CNI_COMMAND: verb,
      CNI_PATH: '/a',
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(called.map((invocation) => invocation.verb)).toEqual([verb]);
  });

  const without = (name: keyof typeof environment) => ({ ...environment, [name]: '' });
  it.each<[string, Record<string, string>, unknown, number, string]>([
    ['no command', without('CNI_COMMAND'), config, 4, 'CNI_COMMAND'],
    ['an unknown command', { ...environment, CNI_COMMAND: 'FROB' }, config, 4, 'FROB'],
    [
      'all variables missing',
      { CNI_COMMAND: 'ADD' },
      config,
      4,
      '[CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME]',
    ],
    ['bad environment before bad input', without('CNI_NETNS'), '{', 4, 'CNI_NETNS'],
    ['GC without its path', { CNI_COMMAND: 'GC' }, config, 4, 'CNI_PATH'],
    ['no JSON', environment, '{', 6, 'not JSON'],
    ['no input', environment, '', 6, 'empty'],
    ['input with NULs', environment, '{"a":1}\0', 6, 'not JSON'],
    ['input that is too long', environment, ' '.repeat(1024 * 1024 + 1), 6, '1048576'],
    ['no name, before the version', environment, { cniVersion: '9.9.9' }, 7, 'name'],
    [
      'a version that is not supported',
      environment,
      { ...config, cniVersion: '9.9.9' },
      1,
      '9.9.9',
    ],
    [
      'CHECK before 0.4.0',
      { ...environment, CNI_COMMAND: 'CHECK' },
      { ...config, cniVersion: '0.3.1' },
      1,
      'CHECK',
    ],
    [
      'STATUS before 1.1.0',
      { CNI_COMMAND: 'STATUS' },
      { ...config, cniVersion: '1.0.0' },
      1,
      'STATUS',
    ],
    [
      'GC before 1.1.0',
      { CNI_COMMAND: 'GC', CNI_PATH: '/a' },
      { ...config, cniVersion: '1.0.0' },
      1,
      'GC',
    ],
  ])('refuses %s', async (_name, env, stdin, code, words) => {
    const { exitCode, output, called } = await call(env, stdin);
    expect(exitCode).toBe(1);
    expect(output.code).toBe(code);
    expect(`${output.msg} ${output.details}`).toContain(words);
    expect(called).toEqual([]);
  });

  it('takes exactly 1 MiB of input', async () => {
    const text = JSON.stringify(config);
    const { exitCode } = await call(environment, text + ' '.repeat(1024 * 1024 - text.length));
    expect(exitCode).toBe(0);
  });

  it('puts the version of the configuration into every error, or the latest', async () => {
    const version = async (env: Record<string, string>, stdin: unknown) =>
      (await call(env, stdin)).output.cniVersion;
    expect(await version({}, { ...config, cniVersion: '0.3.1' })).toBe('0.3.1');
    expect(await version(environment, { cniVersion: '1.0.0' })).toBe('1.0.0');
    expect(await version(environment, { ...config, cniVersion: '9.9.9' })).toBe('9.9.9');
    expect(await version(environment, '{')).toBe('1.1.0');
  });

  it('answers VERSION with the version that was given, whatever else is missing', async () => {
    const ask = (stdin: unknown) =>
      call({ CNI_COMMAND: 'VERSION' }, stdin, {}, { supportedVersions: ['0.4.0'] });
    expect((await ask({ cniVersion: '0.4.0' })).output).toEqual({
      cniVersion: '0.4.0',
      supportedVersions: ['0.4.0'],
    });
    expect((await ask({ cniVersion: '9.9.9' })).output.cniVersion).toBe('9.9.9');
    expect((await ask('')).output.cniVersion).toBe('1.1.0');
  });

  it('has no silent success for a verb without a handler', async () => {
    const env = { CNI_COMMAND: 'GC', CNI_PATH: '/a' };
    const answer = await dispatch(
      {},
      { environment: env, stdin: JSON.stringify(config) },
      context(),
    );
    expect(answer.exitCode).toBe(1);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      code: 4,
      details: expect.stringContaining('"GC"'),
    });
  });
});

describe('the namespace guard', () => {
  const options: DispatchOptions = {
    guardNamespace: ({ netns }) => {
      if (netns === '/host') throw new CniError(101, 'the host');
    },
  };
  const host = { ...environment, CNI_NETNS: '/host' };

  it.each(['ADD', 'CHECK', 'DEL'])('comes before any work of %s', async (verb) => {
    const refused = await call({ ...host, CNI_COMMAND: verb }, config, {}, options);
    expect(refused.output.code).toBe(101);
    expect(refused.called).toEqual([]);
    expect((await call({ ...environment, CNI_COMMAND: verb }, config, {}, options)).exitCode).toBe(
      0,
    );
  });

  it('is not asked without a namespace, nor by STATUS', async () => {
    const del = { ...host, CNI_COMMAND: 'DEL', CNI_NETNS: '' };
    expect((await call(del, config, {}, options)).exitCode).toBe(0);
    expect((await call({ ...host, CNI_COMMAND: 'STATUS' }, config, {}, options)).exitCode).toBe(0);
  });
});

describe('what a handler does', () => {
  const failing = (thrown: unknown): PluginHandlers => ({ add: () => Promise.reject(thrown) });

  it('passes its CniError on, and tells the hook', async () => {
    const seen: CniError[] = [];
    const thrown = new CniError(104, 'taken', 'by another');
    const { output } = await call(environment, config, failing(thrown), {
      onError: (e) => seen.push(e),
    });
    expect(output).toEqual({ cniVersion: '1.1.0', code: 104, msg: 'taken', details: 'by another' });
    expect(seen).toEqual([thrown]);
  });

  it.each([new TypeError('boom'), 'boom', undefined])('calls %s a defect', async (thrown) => {
    const { exitCode, output } = await call(environment, config, failing(thrown));
    expect(exitCode).toBe(1);
    expect(output.code).toBe(999);
    expect(output.msg).toContain('defect');
  });

  it.each([undefined, { cniVersion: '1.1.0', ips: [{ address: 'x' }] }])(
    'calls the result %j a defect',
    async (wrong) => {
      const { output } = await call(environment, config, { add: async () => wrong as Result });
      expect(output.code).toBe(999);
    },
  );

  it('is told to try again when it stopped because the caller gave up', async () => {
    const signal = AbortSignal.abort();
    expect((await call(environment, config, failing(signal.reason), {}, signal)).output.code).toBe(
      11,
    );
    expect((await call(environment, config, failing(new Error('x')), {}, signal)).output.code).toBe(
      999,
    );
  });

  it('reports what the version could not express, and fails where nothing is left', async () => {
    const losses: Loss[] = [];
    const options: DispatchOptions = { onLoss: (lost) => losses.push(...lost) };
    const interfaces = [{ name: 'eth0', mtu: 9000 }];
    const add = (answer: Result): PluginHandlers => ({ add: async () => answer });
    const old = { ...config, cniVersion: '0.3.1' };
    await call(environment, old, add({ ...result, interfaces }), options);
    expect(losses.map(({ path }) => path)).toEqual(['interfaces[0].mtu']);
    const oldest = { ...config, cniVersion: '0.2.0' };
    const { output } = await call(
      environment,
      oldest,
      add({ cniVersion: '1.1.0', interfaces }),
      options,
    );
    expect(output).toMatchObject({
      cniVersion: '0.2.0',
      code: 1,
      msg: expect.stringContaining('no IP'),
    });
  });

  it('gets no prevResult for DEL when that cannot be read, and no ADD', async () => {
    const stale = { ...config, prevResult: { ips: 'x' } };
    const { called } = await call({ ...environment, CNI_COMMAND: 'DEL' }, stale);
    expect(called[0]?.config.prevResult).toBeUndefined();
    expect((await call(environment, stale)).output.code).toBe(7);
  });
});

function context() {
  return { signal: new AbortController().signal };
}
