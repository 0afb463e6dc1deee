import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { decodeRequest, decodeSpoolFile, spoolFileName } from '@vcn-cni/cni-runtime/plugin';
import { describe, expect, it } from 'vitest';
import { bootTime } from '../src/boot-time.ts';
import { answering, fakeDaemon, type StateFolder, stateFolder } from './fake-daemon.ts';
import { builds, execute } from './plugin-builds.ts';
import { withoutPrivileges } from './without-privileges.ts';

const stdin = '{"cniVersion":"1.0.0","n\\u0061me":"p\\u006fds","type":"oci-vcn"}';
const identity = { containerId: 'c1', ifname: 'eth0', stdin: Buffer.from(stdin) };
const fileName = spoolFileName(identity);
const del = ({ socket }: StateFolder) => ({
  CNI_COMMAND: 'DEL',
  CNI_CONTAINERID: 'c1',
  CNI_IFNAME: 'eth0',
  CNI_NETNS: '/run/netns/x',
  VCN_CNI_SOCKET: socket,
  VCN_CNI_CONNECT_TIMEOUT_MS: '0',
});
const spooled = (folder: StateFolder) =>
  decodeSpoolFile(readFileSync(join(folder.spool, fileName)));

describe.each(builds)('DEL of the $name build without a daemon', (build) => {
  it('is spooled, silently', async () => {
    const folder = stateFolder();
    const before = bootTime();
    const executed = await execute(build, { env: del(folder), stdin });
    expect(executed).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(folder.spool)).toEqual([fileName]);
    expect(statSync(join(folder.spool, fileName)).mode & 0o777).toBe(0o600);
    const { bootTimeNs, frame } = spooled(folder);
    // The clocks of the two builds agree to 10 ms where the machine was suspended once.
    expect(bootTimeNs).toBeGreaterThan(before - 10_000_000n);
    expect(bootTimeNs).toBeLessThan(bootTime() + 10_000_000n);
    const request = decodeRequest(frame);
    const { CNI_COMMAND, CNI_CONTAINERID, CNI_IFNAME, CNI_NETNS } = del(folder);
    expect(request.environment).toEqual({
      CNI_COMMAND,
      CNI_CONTAINERID,
      CNI_IFNAME,
      CNI_NETNS,
    });
    expect(Buffer.from(request.stdin).toString()).toBe(stdin);
  });

  it('overwrites itself when the runtime repeats it', async () => {
    const folder = stateFolder();
    await execute(build, { env: del(folder), stdin });
    const first = spooled(folder).bootTimeNs;
    const again = { ...del(folder), CNI_NETNS: '', CNI_ARGS: 'B=1' };
    expect((await execute(build, { env: again, stdin: '{"name":"pods"}' })).code).toBe(0);
    expect(readdirSync(folder.spool)).toEqual([fileName]);
    const { bootTimeNs, frame } = spooled(folder);
    expect(decodeRequest(frame).environment['CNI_NETNS']).toBe('');
    expect(bootTimeNs).toBeGreaterThan(first);
  });

  it('has a file for each attachment', async () => {
    const folder = stateFolder();
    await execute(build, { env: del(folder), stdin });
    await execute(build, { env: { ...del(folder), CNI_CONTAINERID: 'c2' }, stdin });
    await execute(build, { env: { ...del(folder), CNI_IFNAME: 'net1' }, stdin });
    await execute(build, { env: del(folder), stdin: '{"name":"other"}' });
    const { CNI_IFNAME, CNI_CONTAINERID, ...bare } = del(folder);
    await execute(build, { env: bare, stdin: '[' });
    expect(readdirSync(folder.spool)).toHaveLength(5);
    const nothing = { containerId: '', ifname: '', stdin: Buffer.from('[') };
    expect(readdirSync(folder.spool)).toContain(spoolFileName(nothing));
  });

  const refused = async (folder: StateFolder, words: RegExp, prefix: readonly string[] = []) => {
    const { code, error } = await execute(build, { env: del(folder), stdin, prefix });
    expect(code).toBe(1);
    expect(error).toMatchObject({ cniVersion: '1.0.0', code: 11 });
    expect(error.msg).toContain('could not be kept');
    expect(error.details).toContain(folder.socket);
    expect(error.details).toContain(`${folder.spool}: `);
    expect(error.details).toMatch(words);
  };

  it('is code 11 where there is no folder', async () => {
    await refused(stateFolder({ spool: false }), /no such file/i);
  });

  it('is code 11 where the folder is a file or a link', async () => {
    const folder = stateFolder({ spool: false });
    mkdirSync(join(folder.path, 'real'));
    symlinkSync('real', folder.spool);
    await refused(folder, /director/i);
    expect(readdirSync(join(folder.path, 'real'))).toEqual([]);
    const other = stateFolder({ spool: false });
    writeFileSync(other.spool, '');
    await refused(other, /director/i);
  });

  it('is code 11 where the folder cannot be written', async () => {
    const folder = stateFolder();
    chmodSync(folder.spool, 0o500);
    await refused(folder, /permission denied/i, withoutPrivileges.prefix);
  });

  it('is code 11 and leaves nothing when writing fails', async () => {
    const folder = stateFolder();
    await refused(folder, /too large/i, [
      '/bin/sh',
      '-c',
      'trap "" XFSZ; ulimit -f 0; exec "$@"',
      'sh',
    ]);
    expect(readdirSync(folder.spool)).toEqual([]);
  });

  it('is code 11 when it is over 64 KiB', async () => {
    const folder = stateFolder();
    const env = del(folder);
    const fits = 64 * 1024 - 200;
    expect((await execute(build, { env, stdin: Buffer.alloc(fits) })).code).toBe(0);
    const { error } = await execute(build, { env, stdin: Buffer.alloc(64 * 1024) });
    expect(error.code).toBe(11);
    expect(error.details).toContain('too long');
    expect(readdirSync(folder.spool)).toHaveLength(1);
  });

  it('is code 11 when there are 4,096 files, but for a repeat', async () => {
    const folder = stateFolder();
    for (let i = 1; i < 4096; i++) writeFileSync(join(folder.spool, String(i)), '');
    expect((await execute(build, { env: del(folder), stdin })).code).toBe(0);
    expect((await execute(build, { env: del(folder), stdin })).code).toBe(0);
    const { error } = await execute(build, { env: del(folder), stdin: '{}' });
    expect(error.details).toContain('it is full');
    expect(readdirSync(folder.spool)).toHaveLength(4096);
  });

  it('is code 11 when there are 32 MiB', async () => {
    const folder = stateFolder();
    writeFileSync(join(folder.spool, 'big'), '');
    truncateSync(join(folder.spool, 'big'), 32 * 1024 * 1024 - 100);
    await refused(folder, /it is full/);
    truncateSync(join(folder.spool, 'big'), 32 * 1024 * 1024 - 1000);
    expect((await execute(build, { env: del(folder), stdin })).code).toBe(0);
  });

  it('does not follow a link in place of its temporary file', async () => {
    const folder = stateFolder();
    const target = join(folder.path, 'target');
    writeFileSync(target, 'untouched');
    const link = `ln -s ${target} ${folder.spool}/.${fileName}.$$; exec "$@"`;
    await refused(folder, /exists/i, ['/bin/sh', '-c', link, 'sh']);
    expect(readFileSync(target, 'utf8')).toBe('untouched');
    const [left = ''] = readdirSync(folder.spool);
    expect(readlinkSync(join(folder.spool, left))).toBe(target);
  });

  it('replaces a link in place of its file', async () => {
    const folder = stateFolder();
    symlinkSync('../target', join(folder.spool, fileName));
    expect((await execute(build, { env: del(folder), stdin })).code).toBe(0);
    expect(lstatSync(join(folder.spool, fileName)).isFile()).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['spool']);
  });
});

describe.each(builds)('DEL of the $name build once spooled, with the daemon back,', (build) => {
  /** Refuses the first connection, so that the file is there when the second comes. */
  const back = async (serve: Parameters<typeof fakeDaemon>[1]) => {
    const folder = stateFolder();
    const daemon = await fakeDaemon(folder.socket, (connection, index) => {
      if (index === 0) return connection.socket.destroy();
      expect(readdirSync(folder.spool)).toEqual([fileName]);
      return serve(connection, index);
    });
    const { code, stdout } = await execute(build, { env: del(folder), stdin });
    expect(daemon.connections).toBe(2);
    return { code, stdout, files: readdirSync(folder.spool) };
  };

  it('is sent, answered, and its file removed', async () => {
    const outcome = await back(answering({ exitCode: 0, stdout: '' }));
    expect(outcome).toEqual({ code: 0, stdout: '', files: [] });
  });

  it('gives the error of the daemon', async () => {
    const outcome = await back(answering({ exitCode: 1, stdout: '{"code":110}' }));
    expect(outcome).toEqual({ code: 1, stdout: '{"code":110}', files: [] });
  });

  it('stays when the answer is lost', async () => {
    const outcome = await back(async ({ socket, request }) => {
      await request();
      socket.destroy();
    });
    expect(outcome).toEqual({ code: 0, stdout: '', files: [fileName] });
  });

  it('stays when the frame is not read', async () => {
    const outcome = await back(({ socket }) => socket.destroy());
    expect(outcome).toEqual({ code: 0, stdout: '', files: [fileName] });
  });
});
