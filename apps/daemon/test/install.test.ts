import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { daemonProgram } from '../src/cli/daemon-program.ts';
import { runProgram } from '../src/cli/run-program.ts';
import { startDaemon } from './running-daemon.ts';
import { scratchDirectory } from './scratch-directory.ts';

async function host() {
  const directory = await scratchDirectory();
  const bin = join(directory.path, 'bin');
  const conf = join(directory.path, 'net.d');
  const plugin = join(directory.path, 'oci-vcn.new');
  await mkdir(bin);
  await writeFile(plugin, '#!/bin/sh\n');
  const places = ['--bin-dir', bin, '--conf-dir', conf];
  return { directory, bin, conf, plugin, places };
}

async function cnid(directory: string, ...args: string[]) {
  let stdout = '';
  let stderr = '';
  const program = daemonProgram({
    version: '0.0.0',
    environment: {
      VCN_CNI_POOL_BLOCKS: '10.0.1.0/28',
      VCN_CNI_CTL_SOCKET: join(directory, 'ctl.sock'),
      VCN_CNI_SOCKET: join(directory, 'cni.sock'),
      VCN_CNI_STATE_DIRECTORY: directory,
    },
    stdout: { write: (text: string) => (stdout += text) },
    defaultPlugin: async () => undefined,
    run: async (config, { onServing }) => {
      // As long as it takes to serve and to do what `--install` wants then.
      const done = Promise.withResolvers<void>();
      await using _daemon = startDaemon(directory, {
        config,
        onServing: async () => {
          await onServing?.(AbortSignal.timeout(5_000));
          done.resolve();
        },
      });
      await done.promise;
    },
  });
  const configure = (command: typeof program) =>
    command.configureOutput({ writeOut: (t) => (stdout += t), writeErr: (t) => (stderr += t) });
  configure(program);
  program.commands.forEach(configure);
  const code = await runProgram(program, args, { write: (text: string) => (stderr += text) });
  return { stdout, stderr, code };
}

test('the plugin is put at once, its configuration only when the daemon is ready', async () => {
  const { directory, bin, conf, plugin, places } = await host();
  await using _directory = directory;
  const args = ['install', ...places, '--plugin', plugin, '--timeout', '0.3'];
  const early = await cnid(directory.path, ...args);
  expect(early.code).toBe(1);
  expect(early.stderr).toContain('not ready: vcn-cnid is not running');
  expect((await stat(join(bin, 'oci-vcn'))).mode & 0o777).toBe(0o755);
  await expect(readdir(conf)).rejects.toThrow('ENOENT');

  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  daemon.service.notReady = 'no address';
  expect((await cnid(directory.path, ...args)).stderr).toContain('no address (code 50)');
  daemon.service.notReady = undefined;
  expect(await cnid(directory.path, ...args)).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(conf)).toEqual(['10-oci-vcn.conflist']);
  const list = JSON.parse(await readFile(join(conf, '10-oci-vcn.conflist'), 'utf8'));
  expect(list).toEqual({
    cniVersion: '1.0.0',
    cniVersions: ['1.0.0', '1.1.0'],
    name: 'oci-vcn',
    plugins: [{ type: 'oci-vcn', capabilities: { ips: true, mac: true } }],
  });
  expect(await readdir(bin)).toEqual(['oci-vcn']);
});

test('run --install does the same for the daemon that it starts', async () => {
  const { directory, bin, conf, plugin, places } = await host();
  await using _directory = directory;
  const run = await cnid(directory.path, 'run', '--install', ...places, '--plugin', plugin);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(bin)).toEqual(['oci-vcn']);
  expect(await readdir(conf)).toEqual(['10-oci-vcn.conflist']);
});

test('portmap follows where it is installed; a plugin that is not there is named', async () => {
  const { directory, bin, conf, plugin, places } = await host();
  await using _directory = directory;
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  await writeFile(join(bin, 'portmap'), '');
  await cnid(directory.path, 'install', ...places, '--plugin', plugin);
  const types = async () =>
    JSON.parse(await readFile(join(conf, '10-oci-vcn.conflist'), 'utf8')).plugins.map(
      (p: { type: string }) => p.type,
    );
  expect(await types()).toEqual(['oci-vcn', 'portmap']);
  await cnid(directory.path, 'install', ...places, '--plugin', plugin, '--chain', '');
  expect(await types()).toEqual(['oci-vcn']);
  const missing = await cnid(
    directory.path,
    'install',
    ...places,
    '--plugin',
    plugin,
    '--chain',
    'bandwidth',
  );
  expect(missing).toMatchObject({
    code: 1,
    stderr: `vcn-cnid: --chain bandwidth: there is no ${bin}/bandwidth\n`,
  });
});

test('uninstall takes both away, the configuration first, and may be repeated', async () => {
  const { directory, bin, conf, places } = await host();
  await using _directory = directory;
  await mkdir(conf);
  await writeFile(join(conf, '10-oci-vcn.conflist'), '{}');
  await writeFile(join(conf, '99-other.conf'), '{}');
  await writeFile(join(bin, 'oci-vcn'), '');
  expect(await cnid(directory.path, 'uninstall', ...places, '--keep-plugin')).toMatchObject({
    code: 0,
  });
  expect(await readdir(bin)).toEqual(['oci-vcn']);
  expect(await cnid(directory.path, 'uninstall', ...places)).toMatchObject({ code: 0 });
  expect(await cnid(directory.path, 'uninstall', ...places)).toMatchObject({ code: 0 });
  expect(await readdir(conf)).toEqual(['99-other.conf']);
  expect(await readdir(bin)).toEqual([]);
});

test('a plugin that is not there, or is no program', async () => {
  const { directory, places, plugin } = await host();
  await using _directory = directory;
  const install = (...more: string[]) => cnid(directory.path, 'install', ...places, ...more);
  expect(await install()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('name it with --plugin FILE'),
  });
  expect(await install('--plugin', '/nowhere')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('/nowhere cannot be read (ENOENT)'),
  });
  await writeFile(plugin, 'text');
  expect(await install('--plugin', plugin)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not a program'),
  });
});

test('wrong usage and a wrong configuration are 2; help is 0', async () => {
  const { directory } = await host();
  await using _directory = directory;
  const run = (...args: string[]) => cnid(directory.path, ...args);
  expect(await run('rnu')).toMatchObject({ code: 2 });
  expect(await run('config', '--mark', '0x4000')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('kube-proxy'),
  });
  expect(await run('config', '--config', '/nowhere')).toMatchObject({ code: 2 });
  for (const args of [[], ['run'], ['install'], ['uninstall'], ['config']])
    expect(await run(...args, '--help')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Usage: vcn-cnid'),
    });
  expect(JSON.parse((await run('config')).stdout).pool.blocks).toEqual(['10.0.1.0/28']);
  expect((await run('config', '--markdown')).stdout).toMatch(/^# Configuration of vcn-cnid/);
});
