import { once } from 'node:events';
import { chmodSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { encodeAnswer } from '@vcn-cni/cni-runtime/plugin';
import { supportedVersions } from '@vcn-cni/cni-spec';
import { describe, expect, it } from 'vitest';
import { answering, fakeDaemon, type StateFolder, stateFolder } from './fake-daemon.ts';
import { builds, execute } from './plugin-builds.ts';
import { withoutPrivileges } from './without-privileges.ts';

const done = { exitCode: 0, stdout: '{}' };
const at = (folder: StateFolder, command: string, connect?: number) => ({
  CNI_COMMAND: command,
  VCN_CNI_SOCKET: folder.socket,
  ...(connect === undefined ? {} : { VCN_CNI_CONNECT_TIMEOUT_MS: String(connect) }),
});

/** A socket file whose listener is gone. */
async function staleSocket({ socket }: StateFolder): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${socket}.old`, resolve));
  renameSync(`${socket}.old`, socket);
  await new Promise((resolve) => server.close(resolve));
}

describe.each(builds)('what the $name build says by itself', (build) => {
  it.each([
    [{}, 'no CNI_ variable is set'],
    [{ TRACEPARENT: 'x', VCN_CNI_SOCKET: '/nowhere' }, 'no CNI_ variable is set'],
    [{ CNI_IFNAME: 'eth0' }, 'CNI_COMMAND is not set'],
    [{ CNI_COMMAND: '' }, 'CNI_COMMAND is not set'],
  ])('%j is code 4: %s', async (env, msg) => {
    const { code, error } = await execute(build, { env: env as Record<string, string> });
    expect(code).toBe(1);
    expect(error).toMatchObject({ cniVersion: '1.1.0', code: 4, msg });
    expect(error.details).toMatch(/runtime/);
  });

  it.each([
    ['{"cniVersion":"0.4.0","name":"x"}', '0.4.0'],
    ['{"cniVersion":"9.\\"\\\\"}', '9."\\'],
    ['', '1.1.0'],
    ['{"cniVersion":"1.0.0"', '1.1.0'],
  ])('VERSION of %j has cniVersion %s', async (stdin, cniVersion) => {
    const env = { CNI_COMMAND: 'VERSION', VCN_CNI_SOCKET: '/nowhere' };
    const { code, stdout } = await execute(build, { env, stdin });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ cniVersion, supportedVersions });
  });

  it.each([
    [{ VCN_CNI_SOCKET: `/${'x'.repeat(107)}` }, 'VCN_CNI_SOCKET'],
    [{ VCN_CNI_CONNECT_TIMEOUT_MS: '1s' }, 'VCN_CNI_CONNECT_TIMEOUT_MS is 1s'],
    [{ VCN_CNI_TIMEOUT_MS: '-1' }, 'VCN_CNI_TIMEOUT_MS is -1'],
    [{ VCN_CNI_TIMEOUT_MS: '10000000' }, 'VCN_CNI_TIMEOUT_MS is 10000000'],
  ])('%j is code 4 naming the variable', async (setting, text) => {
    const env = { CNI_COMMAND: 'ADD', ...(setting as Record<string, string>) };
    const { error } = await execute(build, { env });
    expect(error.code).toBe(4);
    expect(error.details).toContain(text);
  });

  it.each([
    ['ADD', 11],
    ['CHECK', 11],
    ['GC', 11],
    ['STATUS', 50],
    ['FOO', 11],
  ])('%s without a daemon is code %i', async (command, code) => {
    const folder = stateFolder();
    const stdin = '{"cniVersion":"1.0.0"}';
    const executed = await execute(build, { env: at(folder, command, 0), stdin });
    expect(executed.code).toBe(1);
    expect(executed.error).toMatchObject({ cniVersion: '1.0.0', code });
    expect(executed.error.details).toContain(`${folder.socket}: there is no such socket`);
  });

  it('a stale socket is no daemon', async () => {
    const folder = stateFolder();
    await staleSocket(folder);
    const { error } = await execute(build, { env: at(folder, 'ADD', 0) });
    expect(error).toMatchObject({ cniVersion: '1.1.0', code: 11 });
    expect(error.details).toContain('nobody listens on it');
  });

  it.each(['ADD', 'DEL'])('a socket that may not be opened is code 5 for %s', async (command) => {
    const folder = stateFolder();
    const daemon = await fakeDaemon(folder.socket, answering(done));
    chmodSync(folder.socket, 0);
    const { prefix } = withoutPrivileges;
    const { code, error } = await execute(build, { env: at(folder, command), prefix });
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 5, msg: 'the socket of vcn-cnid may not be opened' });
    expect(error.details).toContain(folder.socket);
    expect(daemon.connections).toBe(0);
  });
});

describe.each(builds)('the $name build waits for a daemon that', (build) => {
  // Nothing tells when the plugin has met the absence, so it is given time to. Too little would make
  // these two prove less; it cannot make them fail.
  const metAbsence = () => new Promise((resolve) => setTimeout(resolve, 150));

  it('is not there yet', async () => {
    const folder = stateFolder();
    const executing = execute(build, { env: at(folder, 'ADD') });
    await metAbsence();
    const daemon = await fakeDaemon(folder.socket, answering(done));
    expect(await executing).toMatchObject({ code: 0, stdout: '{}' });
    expect(daemon.requests).toHaveLength(1);
  });

  it('left its socket behind', async () => {
    const folder = stateFolder();
    await staleSocket(folder);
    const executing = execute(build, { env: at(folder, 'ADD') });
    await metAbsence();
    const daemon = await fakeDaemon(`${folder.socket}.new`, answering(done));
    renameSync(`${folder.socket}.new`, folder.socket);
    expect(await executing).toMatchObject({ code: 0, stdout: '{}' });
    expect(daemon.requests).toHaveLength(1);
  });

  it('stops with the frame unread', async () => {
    const folder = stateFolder();
    const daemon = await fakeDaemon(folder.socket, (connection, index) =>
      index < 2 ? connection.socket.destroy() : answering(done)(connection),
    );
    expect(await execute(build, { env: at(folder, 'ADD'), stdin: '{}' })).toMatchObject({
      code: 0,
      stdout: '{}',
    });
    expect(daemon).toMatchObject({ connections: 3, requests: [{}] });
  });

  it('stops with the frame sent and half read', async () => {
    const folder = stateFolder();
    const daemon = await fakeDaemon(folder.socket, async (connection, index) => {
      if (index > 0) return answering(done)(connection);
      // Paused, Node reads 128 KiB at most; the rest is in the socket's buffer when it closes.
      connection.socket.once('data', () => connection.socket.pause()).resume();
      await once(connection.socket, 'pause');
      for (let turn = 0; turn < 50; turn++) await setImmediate();
      connection.socket.destroy();
    });
    const stdin = Buffer.alloc(150_000, '{');
    const { code, stdout } = await execute(build, { env: at(folder, 'ADD'), stdin });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{}' });
    expect(daemon).toMatchObject({ connections: 2, requests: [{}] });
  });
});

describe.each(builds)('the $name build never sends a frame again that was read', (build) => {
  const answer = encodeAnswer({ exitCode: 0, stdout: '{}' });
  const cuts = [...answer.keys()].map((cut) => answer.subarray(0, cut));

  it('with the daemon killed after each byte of its answer', async () => {
    const outcomes = cuts.map(async (part) => {
      const folder = stateFolder();
      const daemon = await fakeDaemon(folder.socket, async ({ socket, request }) => {
        await request();
        socket.write(part, () => socket.destroy());
      });
      const { code, error } = await execute(build, { env: at(folder, 'ADD'), stdin: '{}' });
      return { code, error: error.code, msg: error.msg, connections: daemon.connections };
    });
    const lost = { code: 1, error: 11, msg: 'the answer of vcn-cnid was lost', connections: 1 };
    expect(await Promise.all(outcomes)).toEqual(cuts.map(() => lost));
  });

  it.each([
    ['another version', 'VCN-CNI/2 0 2\n{}'],
    ['no exit code', 'VCN-CNI/1 2\n{}'],
    ['an exit code of 256', 'VCN-CNI/1 256 2\n{}'],
    ['a length over the limit', 'VCN-CNI/1 0 1048577\n{}'],
    ['a sign', 'VCN-CNI/1 0 +2\n{}'],
    ['a space more', 'VCN-CNI/1  0 2\n{}'],
    ['a number of ten digits', 'VCN-CNI/1 0 0000000002\n{}'],
    ['an endless first line', 'VCN-CNI/1 '.repeat(10)],
    ['a bare result', '{"cniVersion":"1.1.0"}\n'],
  ])('with an answer of %s', async (_, text) => {
    const folder = stateFolder();
    const daemon = await fakeDaemon(folder.socket, async ({ socket, request }) => {
      await request();
      socket.write(text);
    });
    const { code, error } = await execute(build, { env: at(folder, 'ADD'), stdin: '{}' });
    expect({ code, error }).toMatchObject({ code: 1, error: { code: 11 } });
    expect(error.details).toContain('its answer is malformed');
    expect(daemon.connections).toBe(1);
  });

  it.each(['ADD', 'DEL'])('with no answer to %s in time', async (command) => {
    const folder = stateFolder();
    const daemon = await fakeDaemon(folder.socket, ({ request }) => request().catch(() => {}));
    const env = { ...at(folder, command), VCN_CNI_TIMEOUT_MS: '300' };
    const { code, error } = await execute(build, { env });
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 11, msg: 'vcn-cnid did not answer in time' });
    expect(error.details).toContain('no answer within 300 ms');
    expect(daemon.connections).toBe(1);
  });
});
