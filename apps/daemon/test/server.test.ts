import { readdir, stat } from 'node:fs/promises';
import { decodeAnswer } from '@vcn-cni/cni-runtime/plugin';
import { expect, test } from 'vitest';
import { call, dial, networkConfig, readAll, requestFrame } from './caller.ts';
import { startDaemon, testConfig } from './running-daemon.ts';
import { scratchDirectory } from './scratch-directory.ts';

const code = ({ stdout }: { stdout: string }) => JSON.parse(stdout).code as number;

test('an ADD and its DEL are answered, logged and leave only what belongs there', async () => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  const socket = `${directory.path}/cni.sock`;
  const added = await call(socket, requestFrame('ADD', 'c1'));
  expect(added.exitCode, added.stdout).toBe(0);
  expect(JSON.parse(added.stdout).ips[0].address).toBe('10.0.1.2/32');
  expect((await call(socket, requestFrame('DEL', 'c1'))).exitCode).toBe(0);
  expect(daemon.service.attachments.list()).toEqual([]);
  const line = daemon.log.lines.find(({ message }) => message === 'ADD');
  expect(line?.fields).toMatchObject({
    verb: 'ADD',
    containerId: 'c1',
    ifname: 'eth0',
    network: 'net',
    code: 0,
    callerPid: process.pid,
  });
  expect((await stat(socket)).mode & 0o777).toBe(0o600);
  expect((await stat(directory.path)).mode & 0o777).toBe(0o700);
  expect((await readdir(directory.path)).sort()).toEqual(['cni.sock', 'ctl.sock', 'lock', 'spool']);
});

test('a request that comes byte by byte is understood', async () => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  const socket = await dial(`${directory.path}/cni.sock`);
  socket.setNoDelay?.(true);
  for (const byte of requestFrame('STATUS', '')) {
    socket.write(Uint8Array.of(byte));
    await new Promise(setImmediate);
  }
  expect(decodeAnswer(await readAll(socket)).exitCode).toBe(0);
  socket.destroy();
});

test.each([
  ['another protocol', 'GET / HTTP/1.1\r\n\r\n', 999],
  ['a later version', 'VCN-CNI/2 3\nabc', 999],
  ['a length over the limit', 'VCN-CNI/1 99999999\n', 999],
  ['no end of the variables', 'VCN-CNI/1 3\nA=b', 999],
])('%s is answered with an error of version 1', async (_name, text, expected) => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  const answer = await call(`${directory.path}/cni.sock`, Buffer.from(text));
  expect(answer.exitCode).toBe(1);
  expect(code(answer)).toBe(expected);
});

test('a caller that sends half a request and waits is answered at the deadline', async () => {
  await using directory = await scratchDirectory();
  const config = testConfig(directory.path, { deadlines: { request: 0.05 } });
  await using daemon = startDaemon(directory.path, { config });
  await daemon.serving;
  const answer = await call(config.socket, requestFrame('ADD', 'c1').subarray(0, 20));
  expect(code(answer)).toBe(11);
  expect(daemon.service.events).toEqual(['recover']);
});

test('half a request and the end of it is malformed; no byte at all is nothing', async () => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  const path = `${directory.path}/cni.sock`;
  const half = await dial(path);
  half.end(requestFrame('ADD', 'c1').subarray(0, 20));
  expect(code(decodeAnswer(await readAll(half)))).toBe(999);
  const none = await dial(path);
  none.end();
  expect(await readAll(none)).toHaveLength(0);
});

test('an ADD that waits leaves the queue when its caller has gone', async () => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  daemon.service.hold = new Promise(() => {});
  const socket = await dial(`${directory.path}/cni.sock`);
  socket.write(requestFrame('ADD', 'c1'));
  await expect.poll(() => daemon.service.events).toContain('add c1');
  socket.destroy();
  await expect
    .poll(() => daemon.log.lines.find(({ message }) => message === 'ADD failed')?.fields)
    .toMatchObject({ code: 11 });
  expect(daemon.service.attachments.list()).toEqual([]);
});

test('a caller that has gone before the answer does no harm', async () => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  daemon.service.workMs = 20;
  const path = `${directory.path}/cni.sock`;
  const callers = await Promise.all(Array.from({ length: 20 }, () => dial(path)));
  callers.forEach((socket, i) => {
    socket.on('error', () => {});
    socket.write(requestFrame('ADD', `c${i}`), () => socket.destroy());
  });
  await expect.poll(() => daemon.service.attachments.list().length).toBe(20);
  expect((await call(path, requestFrame('STATUS', ''))).exitCode).toBe(0);
});

test('a verb that does not end is answered at its deadline', async () => {
  await using directory = await scratchDirectory();
  const config = testConfig(directory.path, { deadlines: { verb: 0.05 } });
  await using daemon = startDaemon(directory.path, { config });
  await daemon.serving;
  daemon.service.hold = new Promise(() => {});
  const answer = await call(config.socket, requestFrame('ADD', 'c1'));
  expect(JSON.parse(answer.stdout)).toMatchObject({ code: 11, msg: 'not finished within 0.05 s' });
});

test('an error carries the version of the configuration', async () => {
  await using directory = await scratchDirectory();
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  const path = `${directory.path}/cni.sock`;
  const old = networkConfig().replace('1.1.0', '0.4.0');
  await call(path, requestFrame('ADD', 'c1', old));
  const again = await call(path, requestFrame('ADD', 'c1', old));
  expect(JSON.parse(again.stdout)).toMatchObject({ cniVersion: '0.4.0', code: 100 });
});
