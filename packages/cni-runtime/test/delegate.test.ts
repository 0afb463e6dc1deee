import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DelegateOptions, delegate, delegateAdd, dispatch } from '../src/plugin/index.ts';
import { answer, createProbe, type Probe } from './probe.ts';

let probe: Probe;
beforeEach(async () => {
  probe = await createProbe();
});
afterEach(() => probe[Symbol.asyncDispose]());

const stdin =
  '{ "cniVersion":"1.0.0", "name":"pods","type":"mine","ipam":{"type":"ipam","n":12345678901234567890} }\n';
const execution = (verb: string) => ({
  environment: {
    PATH: process.env['PATH'],
    OWN: 'kept',
    CNI_COMMAND: verb,
    CNI_CONTAINERID: 'c1',
    CNI_NETNS: '/nowhere/a',
    CNI_IFNAME: 'eth0',
    CNI_ARGS: 'A=1;B=2',
    CNI_PATH: `/nowhere:${probe.folder}`,
  },
  stdin,
});
const heard: string[] = [];
const options: DelegateOptions = { onStderr: (text) => heard.push(text) };
const verbs = async () => (await probe.calls()).map((call) => call.environment['CNI_COMMAND']);

it('gives the delegate the very call, from a handler', async () => {
  await probe.plugin('ipam', answer({ ips: [{ address: '10.0.0.5/24' }] }));
  const add = async (...[, , call]: Parameters<NonNullable<Handlers['add']>>) =>
    await delegateAdd('ipam', call, options);
  const { exitCode, stdout } = await dispatch({ add }, execution('ADD'), {
    signal: new AbortController().signal,
  });
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    0,
    { cniVersion: '1.0.0', ips: [{ address: '10.0.0.5/24' }] },
  ]);
  const [call] = await probe.calls();
  expect(call?.stdin).toBe(stdin);
  expect(call?.environment).toMatchObject(execution('ADD').environment);
});
type Handlers = Parameters<typeof dispatch>[0];

it.each(['CHECK', 'DEL', 'GC', 'STATUS'] as const)('passes %s on', async (verb) => {
  await probe.plugin('ipam', 'echo hello >&2');
  heard.length = 0;
  await delegate(verb, 'ipam', execution(verb), options);
  expect(await verbs()).toEqual([verb]);
  expect(heard).toEqual(['hello\n']);
});

it('keeps the error of the delegate and passes its log on, also when it fails', async () => {
  await probe.plugin(
    'ipam',
    `echo hello >&2; ${answer({ code: 150, msg: 'full', details: 'of pods' })}; exit 1`,
  );
  heard.length = 0;
  const failing = delegate('CHECK', 'ipam', execution('CHECK'), options);
  await expect(failing).rejects.toMatchObject({ code: 150, msg: 'full', details: 'of pods' });
  expect(heard).toEqual(['hello\n']);
});

it.each([`${answer({ code: 150, msg: 'full' })}; exit 1`, 'echo nonsense'])(
  'runs DEL after an ADD that does `%s`',
  async (body) => {
    await probe.plugin('ipam', body);
    await expect(delegateAdd('ipam', execution('ADD'), options)).rejects.toThrow();
    expect(await verbs()).toEqual(['ADD', 'DEL']);
    expect((await probe.calls())[1]?.stdin).toBe(stdin);
  },
);

it('runs DEL also after an ADD that was stopped', async () => {
  await probe.plugin('ipam', '[ $CNI_COMMAND = DEL ] || sleep 60');
  const signal = AbortSignal.timeout(200);
  const stopped = delegateAdd('ipam', execution('ADD'), { ...options, signal });
  await expect(stopped).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await verbs()).toEqual(['ADD', 'DEL']);
});

it('looks for it in CNI_PATH only', async () => {
  await probe.plugin('ipam', '');
  const { environment } = execution('DEL');
  const elsewhere = { ...environment, CNI_PATH: '/nowhere', PATH: `${probe.folder}:/bin` };
  await expect(
    delegate('DEL', 'ipam', { environment: elsewhere, stdin }, options),
  ).rejects.toMatchObject({ code: 7 });
  const without = { environment: { ...environment, CNI_PATH: '' }, stdin };
  await expect(delegate('DEL', 'ipam', without, options)).rejects.toMatchObject({
    code: 4,
    msg: 'required env variables [CNI_PATH] missing',
  });
  expect(await probe.calls()).toEqual([]);
});
