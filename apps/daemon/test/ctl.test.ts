import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ctlProgram } from '../src/cli/ctl-program.ts';
import { runProgram } from '../src/cli/run-program.ts';
import { createCtlClient } from '../src/ctl/client.ts';
import { call, requestFrame } from './caller.ts';
import { type RunningDaemon, startDaemon, testConfig } from './running-daemon.ts';
import { scratchDirectory } from './scratch-directory.ts';

interface Response {
  status: number;
  body: string;
}

function fetchFrom(place: object, path: string, method = 'GET'): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = request({ ...place, path, method }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, body });
    });
    call.on('error', reject).end();
  });
}

/** What an operator sees of one command. */
async function vcnctl(directory: string, ...args: string[]) {
  let stdout = '';
  let stderr = '';
  let code = 0;
  const program = ctlProgram({
    version: '0.0.0',
    socket: join(directory, 'ctl.sock'),
    client: createCtlClient,
    examine: async ({ reason }) => [
      { id: 'conflist-unserved', severity: 'error', evidence: reason, remedy: 'start it' },
    ],
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    setExitCode: (found) => {
      code = found;
    },
  });
  const configure = (command: typeof program) =>
    command.configureOutput({ writeOut: (t) => (stdout += t), writeErr: (t) => (stderr += t) });
  configure(program);
  program.commands.forEach(configure);
  const exit = await runProgram(program, args, { write: (text: string) => (stderr += text) });
  return { stdout, stderr, code: exit || code };
}

async function withPods(directory: string): Promise<RunningDaemon> {
  const daemon = startDaemon(directory);
  await daemon.serving;
  for (const id of ['c1', 'dead1'])
    await call(join(directory, 'cni.sock'), requestFrame('ADD', id));
  return daemon;
}

test('readiness is that of STATUS, liveness that of the process', async () => {
  await using directory = await scratchDirectory();
  await using daemon = await withPods(directory.path);
  const place = { socketPath: join(directory.path, 'ctl.sock') };
  expect((await stat(place.socketPath)).mode & 0o777).toBe(0o600);
  expect((await fetchFrom(place, '/readyz')).status).toBe(200);
  daemon.service.notReady = 'the pool is empty';
  expect((await fetchFrom(place, '/healthz')).status).toBe(200);
  const readiness = await fetchFrom(place, '/readyz');
  expect(readiness.status).toBe(503);
  expect(JSON.parse(readiness.body)).toEqual({
    ready: false,
    state: 'serving',
    reason: 'the pool is empty (code 50)',
  });
});

test('a daemon that still starts says so', async () => {
  await using directory = await scratchDirectory();
  const started = Promise.withResolvers<never>();
  await using daemon = startDaemon(directory.path);
  daemon.service.attachments.recover = () => started.promise;
  const place = { socketPath: join(directory.path, 'ctl.sock') };
  await expect
    .poll(() => fetchFrom(place, '/readyz').catch(() => undefined))
    .toMatchObject({ status: 503, body: expect.stringContaining('vcn-cnid is starting') });
  started.reject(new Error('over'));
});

test('an unknown path and a wrong method say what there is', async () => {
  await using directory = await scratchDirectory();
  await using _daemon = await withPods(directory.path);
  const place = { socketPath: join(directory.path, 'ctl.sock') };
  const unknown = await fetchFrom(place, '/v1/nothing');
  expect(unknown).toMatchObject({ status: 404, body: expect.stringContaining('GET /v1/status') });
  const wrong = await fetchFrom(place, '/v1/gc');
  expect(wrong).toMatchObject({ status: 405, body: expect.stringContaining('POST /v1/gc') });
});

test('metrics count verbs, the pool, repairs; over TCP there are probes beside them, and no more', async () => {
  await using directory = await scratchDirectory();
  const config = testConfig(directory.path, {
    metrics: { listen: '127.0.0.1:39469' },
    reconcileSeconds: 1,
  });
  await using daemon = startDaemon(directory.path, { config });
  await daemon.serving;
  await call(config.socket, requestFrame('ADD', 'c1'));
  await call(config.socket, requestFrame('ADD', 'c1'));
  daemon.service.drift.push('ip rule add');
  const place = { host: '127.0.0.1', port: 39469 };
  const metrics = async () => (await fetchFrom(place, '/metrics')).body;
  await expect.poll(metrics, { timeout: 5_000 }).toContain('vcn_cni_reconcile_repairs_total 1');
  const text = await metrics();
  expect(text).toContain('vcn_cni_verbs_total{verb="ADD",code="0"} 1');
  expect(text).toContain('vcn_cni_verbs_total{verb="ADD",code="100"} 1');
  expect(text).toContain('vcn_cni_verb_seconds_count{verb="ADD"} 2');
  for (const state of ['total', 'leased', 'cooling', 'free', 'excluded', 'waiting'])
    expect(text).toMatch(new RegExp(`^vcn_cni_pool_addresses{state="${state}"} \\d+$`, 'm'));
  expect(text).toMatch(/^vcn_cni_event_loop_delay_seconds{quantile="0.99"} [\d.e-]+$/m);
  expect((await fetchFrom(place, '/readyz')).status).toBe(200);
  expect((await fetchFrom(place, '/v1/status')).status).toBe(404);
});

test('vcnctl status', async () => {
  await using directory = await scratchDirectory();
  await using daemon = await withPods(directory.path);
  const shown = await vcnctl(directory.path, 'status');
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^state +serving, ready$/m);
  expect(shown.stdout).toMatch(/^pool +14 in all: 2 leased, 12 free/m);
  daemon.service.notReady = 'the pool is empty';
  expect(await vcnctl(directory.path, 'status')).toMatchObject({ code: 1 });
});

test('vcnctl pods', async () => {
  await using directory = await scratchDirectory();
  await using _daemon = await withPods(directory.path);
  const shown = await vcnctl(directory.path, 'pods');
  expect(shown.stdout.split('\n')).toEqual([
    'POD            ADDRESSES  INTERFACE  HOST LINK  CONTAINER  NETWORK  PHASE',
    'default/c1     10.0.1.2   eth0       ocic1      c1         net      attached',
    'default/dead1  10.0.1.3   eth0       ocidead1   dead1      net      attached',
    '',
  ]);
  const machine = await vcnctl(directory.path, 'pods', '--json');
  expect(machine.stdout.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(machine.stdout).pods[0]).toMatchObject({
    containerId: 'c1',
    phase: 'attached',
  });
});

test('vcnctl plan finds something wrong when there is something to change', async () => {
  await using directory = await scratchDirectory();
  await using daemon = await withPods(directory.path);
  expect(await vcnctl(directory.path, 'plan')).toMatchObject({
    code: 0,
    stdout: 'nothing to change\n',
  });
  daemon.service.drift.push('ip rule add pref 512 lookup 1000');
  expect(await vcnctl(directory.path, 'plan', '--json')).toEqual({
    code: 1,
    stdout: '{"changes":["ip rule add pref 512 lookup 1000"]}\n',
    stderr: '',
  });
});

test('vcnctl plan does not say that nothing is to be done before it can know', async () => {
  await using directory = await scratchDirectory();
  await using daemon = await withPods(directory.path);
  daemon.service.changes = async () => undefined;
  const shown = await vcnctl(directory.path, 'plan');
  expect(shown).toMatchObject({ code: 1, stdout: '' });
  expect(shown.stderr).toMatch(/^vcnctl: what would be changed is not known yet: /);
  const machine = await vcnctl(directory.path, 'plan', '--json');
  expect(machine).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(machine.stdout)).toEqual({ error: expect.stringContaining('not known yet') });
});

test('vcnctl gc tells what it collected', async () => {
  await using directory = await scratchDirectory();
  await using daemon = await withPods(directory.path);
  const shown = await vcnctl(directory.path, 'gc', '--json');
  expect(JSON.parse(shown.stdout).collected).toMatchObject([{ containerId: 'dead1' }]);
  expect(daemon.service.attachments.list()).toHaveLength(1);
  expect(await vcnctl(directory.path, 'gc')).toMatchObject({
    code: 0,
    stdout: 'nothing to collect\n',
  });
});

test('vcnctl doctor asks the daemon, or looks itself', async () => {
  await using directory = await scratchDirectory();
  {
    await using _daemon = await withPods(directory.path);
    expect(await vcnctl(directory.path, 'doctor')).toEqual({
      code: 1,
      stdout: 'ERROR    ip-forward\n  found: it is 0\n  do:    set it to 1\n',
      stderr: '',
    });
  }
  const alone = await vcnctl(directory.path, 'doctor', '--json');
  expect(alone.code).toBe(1);
  expect(JSON.parse(alone.stdout).hazards[0]).toMatchObject({
    id: 'conflist-unserved',
    evidence: expect.stringContaining('vcn-cnid is not running'),
  });
});

test('without a daemon vcnctl says what to do', async () => {
  await using directory = await scratchDirectory();
  const shown = await vcnctl(directory.path, 'status');
  expect(shown).toMatchObject({ code: 1, stdout: '' });
  expect(shown.stderr).toContain(
    `vcn-cnid is not running: nothing answers at ${directory.path}/ctl.sock (ENOENT); start it`,
  );
  const machine = await vcnctl(directory.path, '--json', 'pods');
  expect(JSON.parse(machine.stdout).error).toContain('not running');
  expect(machine).toMatchObject({ code: 1, stderr: '' });
});

test('wrong usage is 2, help is 0', async () => {
  await using directory = await scratchDirectory();
  expect(await vcnctl(directory.path, 'pdos')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("unknown command 'pdos'"),
  });
  expect(await vcnctl(directory.path, 'pods', '--jsn')).toMatchObject({ code: 2 });
  for (const args of [['--help'], ['pods', '--help'], ['doctor', '--help']])
    expect(await vcnctl(directory.path, ...args)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Usage: vcnctl'),
    });
});
