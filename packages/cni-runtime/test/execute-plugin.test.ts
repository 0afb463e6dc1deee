import { spawnSync } from 'node:child_process';
import { chmod, open, readFile, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { executePlugin } from '../src/execute-plugin.ts';
import { createProbe, type Probe } from './probe.ts';

let probe: Probe;
beforeEach(async () => {
  probe = await createProbe();
});
afterEach(() => probe[Symbol.asyncDispose]());

const run = (type: string, options: object = {}) =>
  executePlugin({
    path: join(probe.folder, type),
    environment: { PATH: process.env['PATH'] },
    stdin: '{}',
    ...options,
  });

it('returns whatever the plugin did', async () => {
  await probe.plugin('a', 'echo out; echo err >&2; exit 7');
  expect(await run('a')).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
  await probe.plugin('a', 'kill -15 $$');
  expect(await run('a')).toEqual({ exitCode: 143, stdout: '', stderr: '', signal: 'SIGTERM' });
});

it('inherits nothing', async () => {
  await probe.plugin('a', '');
  await run('a');
  const [call] = await probe.calls();
  expect(Object.keys(call?.environment ?? {}).sort()).toEqual(['PATH', 'PWD']);
});

it('puts a command before the plugin', async () => {
  await probe.plugin('a', 'echo $LEVEL');
  const outcome = await run('a', { commandPrefix: ['env', 'LEVEL=2'] });
  expect(outcome.stdout).toBe('2\n');
});

it('takes a plugin that does not read its input', async () => {
  const outcome = await executePlugin({
    path: '/bin/true',
    environment: {},
    stdin: 'x'.repeat(1 << 20),
  });
  expect(outcome.exitCode).toBe(0);
});

it('kills the plugin and what it started when aborted', async () => {
  await probe.plugin(
    'a',
    `sleep 60 & echo $! > ${probe.folder}/pids; echo $$ >> ${probe.folder}/pids; wait`,
  );
  const abort = new AbortController();
  const running = run('a', { signal: abort.signal });
  const settled = expect(running).rejects.toThrow('enough');
  const pids = await linesOf('pids', 2);
  abort.abort(new Error('enough'));
  await settled;
  for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
});

it('does not wait for a grandchild that left the group and holds its output', async () => {
  await probe.plugin('a', `setsid sleep 60 & echo $! > ${probe.folder}/pids; wait`);
  const abort = new AbortController();
  const running = run('a', { signal: abort.signal });
  const settled = expect(running).rejects.toThrow('enough');
  const [pid] = await linesOf('pids', 1);
  try {
    abort.abort(new Error('enough'));
    await settled;
  } finally {
    process.kill(Number(pid));
  }
});

it('does not start when aborted before', async () => {
  await probe.plugin('a', '');
  await expect(run('a', { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow(
    'early',
  );
  expect(await probe.calls()).toEqual([]);
});

it('waits until a plugin that is being replaced can be executed', async () => {
  await probe.plugin('a', 'echo done');
  const writer = await open(join(probe.folder, 'a'), 'r+');
  const busy = spawnSync(join(probe.folder, 'a'));
  expect(busy.error).toMatchObject({ code: 'ETXTBSY' });
  const running = run('a');
  await writer.close();
  expect((await running).stdout).toBe('done\n');
});

it('says what cannot be executed', async () => {
  await expect(run('missing')).rejects.toMatchObject({
    code: 5,
    msg: expect.stringContaining('missing'),
  });
  await probe.plugin('a', '');
  await chmod(join(probe.folder, 'a'), 0o644);
  await expect(run('a')).rejects.toMatchObject({ code: 5 });
});

/** Waits until a file of the probe's folder has so many lines. */
async function linesOf(name: string, count: number): Promise<string[]> {
  const file = join(probe.folder, name);
  const read = async () => {
    const handle = await open(file).catch(() => undefined);
    if (!handle) return [];
    try {
      return (await handle.readFile('utf8')).split('\n').slice(0, -1);
    } finally {
      await handle.close();
    }
  };
  for await (const _ of watch(probe.folder)) {
    const lines = await read();
    if (lines.length >= count) return lines;
  }
  throw new Error(`${file} was never written`);
}

/** A killed orphan stays as a zombie until the first process of the machine has seen it. */
async function isRunning(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ');
  return !status.includes('State:\tZ');
}
