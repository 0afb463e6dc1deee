import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import {
  encodeAnswer,
  encodeRequest,
  type FrameRequest,
  frameLimits,
} from '@vcn-cni/cni-runtime/plugin';
import type { CniError } from '@vcn-cni/cni-spec';
import { describe, expect, it } from 'vitest';
import { answering, fakeDaemon, stateFolder } from './fake-daemon.ts';
import { builds, execute } from './plugin-builds.ts';

const done = { exitCode: 0, stdout: '{"cniVersion":"1.1.0"}' };
const stdinOf = (request: FrameRequest | CniError | undefined): Buffer =>
  Buffer.from((request as FrameRequest).stdin);

describe.each(builds)('one exchange of the $name build', (build) => {
  it('forwards CNI_ and trace variables and nothing else', async () => {
    const { socket } = stateFolder();
    const chunks: Buffer[] = [];
    await fakeDaemon(socket, (connection) => {
      // The decoder would leave out what should not have been sent.
      connection.socket.on('data', (chunk) => chunks.push(chunk));
      return answering(done)(connection);
    });
    const forwarded = {
      CNI_COMMAND: 'ADD',
      CNI_ARGS: 'A=ü;B==',
      CNI_NETNS: '',
      CNI_X: 'later',
      TRACEPARENT: '00-1-2-01',
      TRACESTATE: 'a=b',
      BAGGAGE: 'c',
    };
    const env = { ...forwarded, VCN_CNI_SOCKET: socket, HOME: '/', cni_x: '', TRACEPARENTS: '' };
    expect(await execute(build, { env, stdin: '{}' })).toMatchObject({
      code: 0,
      stdout: done.stdout,
    });
    const frame = encodeRequest({ environment: forwarded, stdin: Buffer.from('{}') });
    expect(Buffer.concat(chunks).toString()).toBe(Buffer.from(frame).toString());
  });

  it.each([
    ['none', Buffer.alloc(0)],
    ['NULs', Buffer.from('\0\0{"a":"\0"}\0')],
    ['1 MiB', Buffer.alloc(frameLimits.stdin, 'x')],
  ])('forwards standard input with %s', async (_, stdin) => {
    const { socket } = stateFolder();
    const daemon = await fakeDaemon(socket, answering(done));
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    expect((await execute(build, { env, stdin })).code).toBe(0);
    expect(stdinOf(daemon.requests[0]).equals(stdin)).toBe(true);
  });

  it('takes closed standard input for none', async () => {
    const { socket } = stateFolder();
    const daemon = await fakeDaemon(socket, answering(done));
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    const prefix = ['/bin/sh', '-c', 'exec "$@" <&-', 'sh'];
    expect(await execute(build, { env, prefix })).toMatchObject({ code: 0, stdout: done.stdout });
    expect(stdinOf(daemon.requests[0])).toHaveLength(0);
  });

  it('refuses 1 MiB + 1 by itself', async () => {
    const { socket } = stateFolder();
    const daemon = await fakeDaemon(socket, answering(done));
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    const executed = await execute(build, { env, stdin: Buffer.alloc(frameLimits.stdin + 1, '{') });
    expect(executed.code).toBe(1);
    expect(executed.error).toMatchObject({ code: 6, msg: 'standard input is too long' });
    expect(daemon.connections).toBe(0);
  });

  it('refuses variables that no frame holds by itself', async () => {
    const { socket } = stateFolder();
    const daemon = await fakeDaemon(socket, answering(done));
    const long = Object.fromEntries(['A', 'B', 'C'].map((x) => [`CNI_${x}`, x.repeat(90_000)]));
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket, ...long };
    const { code, error } = await execute(build, { env });
    expect({ code, error }).toMatchObject({ code: 1, error: { code: 4 } });
    expect(error.msg).toBe('the CNI_ variables are too long');
    expect(daemon.connections).toBe(0);
  });

  it('forwards bytes that are not UTF-8 as they are', async () => {
    const { socket } = stateFolder();
    const daemon = await fakeDaemon(socket, answering(done));
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    const prefix = ['/bin/sh', '-c', 'CNI_ARGS=$(printf "A=\\377") exec "$@"', 'sh'];
    await execute(build, { env, prefix });
    expect(daemon.requests).toMatchObject([{ code: 4, msg: 'CNI_ARGS is not valid UTF-8' }]);
  });

  it.each([
    ['an error', 1, '{\n  "code": 100\n}'],
    ['another exit code', 255, 'ü'],
    ['nothing', 0, ''],
    ['1 MiB', 0, 'y'.repeat(frameLimits.answer)],
  ])('prints an answer of %s as it is', async (_, exitCode, stdout) => {
    const { socket } = stateFolder();
    await fakeDaemon(socket, answering({ exitCode, stdout }));
    const env = { CNI_COMMAND: 'GC', VCN_CNI_SOCKET: socket };
    const executed = await execute(build, { env });
    expect({ code: executed.code, same: executed.stdout === stdout }).toEqual({
      code: exitCode,
      same: true,
    });
  });

  it('does not half-close, and waits for an answer that comes byte by byte', async () => {
    const { socket } = stateFolder();
    let ended = false;
    let endedBefore = true;
    await fakeDaemon(socket, async ({ socket: peer, request }) => {
      peer.on('end', () => {
        ended = true;
      });
      await request();
      for (const byte of encodeAnswer(done)) {
        await setImmediate();
        endedBefore = ended;
        peer.write(Buffer.of(byte));
      }
    });
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    const { code, stdout } = await execute(build, { env });
    expect({ code, stdout, endedBefore }).toEqual({
      code: 0,
      stdout: done.stdout,
      endedBefore: false,
    });
  });

  it.each([
    ['a small one', 2],
    ['one longer than the buffer of the socket', frameLimits.stdin],
  ])('takes an answer sent before the request was read: %s', async (_, length) => {
    const { socket } = stateFolder();
    await fakeDaemon(socket, ({ socket: peer }) => {
      peer.write(encodeAnswer(done), () => peer.destroy());
    });
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    const { code, stdout } = await execute(build, { env, stdin: Buffer.alloc(length, '{') });
    expect({ code, stdout }).toEqual({ code: 0, stdout: done.stdout });
  });

  it('killed while its ADD waits, ends the connection', async () => {
    const { socket } = stateFolder();
    const kill = new AbortController();
    const ended = Promise.withResolvers<void>();
    await fakeDaemon(socket, async ({ socket: peer, request }) => {
      await request();
      kill.abort();
      await once(peer, 'end');
      ended.resolve();
    });
    const env = { CNI_COMMAND: 'ADD', VCN_CNI_SOCKET: socket };
    expect((await execute(build, { env, signal: kill.signal })).code).toBeNull();
    await ended.promise;
  });
});
