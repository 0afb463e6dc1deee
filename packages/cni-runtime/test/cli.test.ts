import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cniProgram } from '../src/cli/program.ts';
import { runProgram } from '../src/cli/run-program.ts';
import { answer, createProbe, type Probe } from './probe.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const result = { cniVersion: '1.1.0', ips: [{ address: '10.0.0.5/32' }] };

let probe: Probe;
beforeEach(async () => {
  probe = await createProbe();
  mkdirSync(join(probe.folder, 'net.d'));
  const list = {
    cniVersion: '1.1.0',
    name: 'pods',
    plugins: [{ type: 'one', capabilities: { ips: true } }],
  };
  writeFileSync(join(probe.folder, 'net.d/10.conflist'), JSON.stringify(list));
  await probe.plugin('one', `[ $CNI_COMMAND != ADD ] || ${answer(result)}`);
});
afterEach(() => probe[Symbol.asyncDispose]());

const variables = () => ({
  PATH: process.env['PATH'],
  NETCONFPATH: join(probe.folder, 'net.d'),
  CNI_PATH: probe.folder,
});
const cacheDir = () => ['--cache-dir', join(probe.folder, 'cache')];

/** In this process, but for the environment: a start of Node each time would take long. */
async function cni(args: string[], environment: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const stdout = { write: (text: string) => out.push(text) };
  const stderr = { write: (text: string) => err.push(text) };
  const { signal } = new AbortController();
  const deps = { version: '0', environment: { ...variables(), ...environment }, signal };
  const program = cniProgram({ ...deps, stdout, stderr });
  const status = await runProgram(program, [...args, ...cacheDir()], stderr);
  return { status, stdout: out.join(''), stderr: err.join('') };
}

function execute(args: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@vcn-cni/source', main, ...args, ...cacheDir()],
    { encoding: 'utf8', env: { ...variables(), ...environment }, cwd: '/proc' },
  );
  return { status, stdout, stderr };
}
const quiet = { status: 0, stdout: '', stderr: '' };
const kept = () => readdirSync(join(probe.folder, 'cache/results'));

it('adds, checks and deletes with the variables of cnitool', async () => {
  const environment = { CNI_ARGS: 'A=1;B=2', CAP_ARGS: '{"ips":["10.0.0.5"]}', CNI_IFNAME: 'net1' };
  const added = execute(['add', 'pods', 'self/ns/net'], environment);
  expect(added).toEqual({ ...quiet, stdout: JSON.stringify(result, null, 4) });
  expect(await cni(['check', 'pods', '/proc/self/ns/net'], environment)).toEqual(quiet);
  expect(await cni(['del', 'pods', '/proc/self/ns/net', '-i', 'net1'])).toEqual(quiet);
  expect(kept()).toEqual([]);
  // printf /proc/self/ns/net | sha512sum
  const containerId = 'cnitool-cd2667f4483f699b01b0';
  const calls = await probe.calls();
  expect(calls.map((call) => call.environment['CNI_COMMAND'])).toEqual(['ADD', 'CHECK', 'DEL']);
  for (const call of calls) {
    expect(call.environment).toMatchObject({
      CNI_CONTAINERID: containerId,
      CNI_NETNS: '/proc/self/ns/net',
      CNI_IFNAME: 'net1',
      CNI_ARGS: 'A=1;B=2',
    });
    expect(call.request['runtimeConfig']).toEqual({ ips: ['10.0.0.5'] });
  }
});

it('collects only what is dead, unless it is told what is valid', async () => {
  await cni(['add', 'pods', '/proc/self/ns/net']);
  await cni(['add', 'pods', '/nowhere/a']);
  const { status, stderr } = await cni(['gc', 'pods', '/nowhere/a']);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^deleted cnitool-\w+\/eth0\n$/)]);
  const [left = ''] = kept();
  const id = left.slice('pods-'.length, -'-eth0'.length);
  expect(await cni(['gc', 'pods', '--valid', `${id}/eth0`])).toEqual(quiet);
  expect(kept()).toEqual([left]);
  expect(await cni(['gc', 'pods', '--none-valid', '--valid', `${id}/eth0`])).toMatchObject({
    status: 1,
  });
  expect(await cni(['gc', 'pods', '--none-valid'])).toMatchObject({ status: 0 });
  expect(kept()).toEqual([]);
});

it('asks for status, stops what hangs, and fails with 1', async () => {
  expect(await cni(['status', 'pods'])).toEqual(quiet);
  await probe.plugin('one', `${answer({ code: 50, msg: 'starting' })}; exit 1`);
  expect(await cni(['status', 'pods'])).toEqual({
    ...quiet,
    status: 1,
    stderr: 'plugin type="one" name="pods" failed (status): starting\n',
  });
  await probe.plugin('one', 'sleep 60');
  const hung = await cni(['status', 'pods', '--timeout', '0.3']);
  expect([hung.status, hung.stderr]).toEqual([1, expect.stringContaining('in time')]);
});

it.each([
  [['add', 'pods'], {}, 'netns'],
  [['frob', 'pods', 'a'], {}, 'frob'],
  [['add', 'others', '/a'], {}, 'no net configuration with name "others"'],
  [['add', 'pods', '/a'], { CNI_ARGS: 'x' }, 'CNI_ARGS holds "x"'],
  [['add', 'pods', '/a'], { CAP_ARGS: '[]' }, 'CAP_ARGS "[]" is not a JSON object'],
  [['add', 'pods', '/a'], { CNI_IFNAME: 'a/b' }, 'interface name "a/b"'],
  [['add', 'pods', '/a'], { CNI_PATH: '' }, 'failed to find plugin "one"'],
  [['gc', 'pods', '--valid', 'c1'], {}, 'c1/eth0'],
])('refuses %j with %j', async (args, environment, words) => {
  const { status, stdout, stderr } = await cni(args, environment as Record<string, string>);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(words);
  expect(await probe.calls()).toEqual([]);
});
