import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { encodeSpoolFile, spoolFileName } from '@vcn-cni/cni-runtime/plugin';
import { expect, test } from 'vitest';
import { loadLibc } from '../src/host/libc.ts';
import { call, networkConfig, requestFrame } from './caller.ts';
import { fakeService } from './fake-service.ts';
import { startDaemon } from './running-daemon.ts';
import { scratchDirectory } from './scratch-directory.ts';

const libc = loadLibc();

/** Writes a DEL as the plugin does: temporary name, then rename. */
async function leave(
  spool: string,
  containerId: string,
  options: { at?: bigint; verb?: string } = {},
) {
  const name = spoolFileName({ containerId, ifname: 'eth0', stdin: Buffer.from(networkConfig()) });
  const frame = requestFrame(options.verb ?? 'DEL', containerId);
  const temporary = join(spool, `.${name}.tmp`);
  await writeFile(temporary, encodeSpoolFile(options.at ?? libc.bootTime(), frame));
  await rename(temporary, join(spool, name));
  return name;
}

async function withSpool() {
  const directory = await scratchDirectory();
  const spool = join(directory.path, 'spool');
  await mkdir(spool, { mode: 0o700 });
  return { directory, spool };
}

test('what was spooled is done before the first execution is served', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  for (const id of ['c1', 'c2', 'c3']) await leave(spool, id);
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  expect(daemon.service.events[0]).toBe('recover');
  expect(daemon.service.events.slice(1).sort()).toEqual(['del c1', 'del c2', 'del c3']);
  expect(await readdir(spool)).toEqual([]);
});

test('what was spooled until the socket was there is done before any execution', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  await leave(spool, 'first');
  const service = fakeService();
  const { del } = service.attachments;
  const started = Promise.withResolvers<void>();
  service.attachments.del = async (invocation, context) => {
    // The second file comes when the folder has already been read.
    if (invocation.containerId === 'first') await leave(spool, 'second');
    else await Promise.race([started.promise, setTimeout(300)]);
    await del(invocation, context);
  };
  const { add } = service.attachments;
  service.attachments.add = (invocation, context) => {
    started.resolve();
    return add(invocation, context);
  };
  const early = call(join(directory.path, 'cni.sock'), requestFrame('ADD', 'second'));
  await using daemon = startDaemon(directory.path, {}, service);
  await daemon.serving;
  expect((await early).exitCode).toBe(0);
  expect(service.events).toEqual(['recover', 'del first', 'del second', 'add second']);
});

test('what arrives while the daemon runs is done too', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  await leave(spool, 'late');
  await expect.poll(() => daemon.service.events).toContain('del late');
  await expect.poll(() => readdir(spool)).toEqual([]);
});

test('a spooled DEL does not remove an attachment whose ADD began later', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  const before = process.hrtime.bigint();
  await call(join(directory.path, 'cni.sock'), requestFrame('ADD', 'c1'));
  await leave(spool, 'c1', { at: before });
  await expect.poll(() => daemon.service.events).toContain('del c1');
  await expect.poll(() => readdir(spool)).toEqual([]);
  expect(daemon.service.attachments.list()).toHaveLength(1);
});

test('unusable files are deleted with a line that names them; temporary ones are left alone', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  const name = (digit: string) => digit.repeat(64);
  await writeFile(join(spool, name('a')), 'garbage');
  await writeFile(join(spool, name('b')), '');
  await writeFile(join(spool, name('c')), Buffer.alloc(70_000));
  await symlink(join(directory.path, 'elsewhere'), join(spool, name('d')));
  await writeFile(
    join(directory.path, 'elsewhere'),
    encodeSpoolFile(libc.bootTime(), requestFrame('DEL', 'c9')),
  );
  await mkdir(join(spool, name('e')));
  await writeFile(join(spool, '.half.tmp'), 'x');
  const notDel = await leave(spool, 'c1', { verb: 'ADD' });
  const future = await leave(spool, 'c2', { at: libc.bootTime() + 10n ** 12n });
  await using daemon = startDaemon(directory.path);
  await daemon.serving;
  expect(daemon.service.events).toEqual(['recover']);
  expect(await readdir(spool)).toEqual(['.half.tmp']);
  const named = daemon.log.lines
    .filter(({ message }) => message === 'unusable spool file: deleted')
    .map(({ fields }) => (fields as { file: string }).file);
  expect(named.sort()).toEqual([...'abcde'].map(name).concat(notDel, future).sort());
});

test('a DEL that fails for now is kept and tried again; one that can never succeed is not', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  const service = fakeService();
  const { del } = service.attachments;
  service.attachments.del = async () => {
    throw Object.assign(new Error('busy'), { code: 110, msg: 'the kernel refused' });
  };
  const name = await leave(spool, 'c1');
  const broken = '{"cniVersion":"1.1.0","name":"bad name","type":"oci-vcn"}';
  const other = spoolFileName({ containerId: 'c2', ifname: 'eth0', stdin: Buffer.from(broken) });
  await writeFile(
    join(spool, other),
    encodeSpoolFile(libc.bootTime(), requestFrame('DEL', 'c2', broken)),
  );
  {
    await using daemon = startDaemon(directory.path, {}, service);
    await daemon.serving;
    expect(await readdir(spool)).toEqual([`${name}.taken`]);
  }
  service.attachments.del = del;
  await using again = startDaemon(directory.path, {}, service);
  await again.serving;
  expect(service.events).toContain('del c1');
  expect(await readdir(spool)).toEqual([]);
});

test('a spool of another boot is discarded', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  await leave(spool, 'c1', { at: 1n });
  const service = Object.assign(fakeService(), { otherBoot: true });
  await using daemon = startDaemon(directory.path, {}, service);
  await daemon.serving;
  expect(service.events).toEqual(['recover']);
  expect(await readdir(spool)).toEqual([]);
});

test('a thousand spooled DELs are all done', async () => {
  const { directory, spool } = await withSpool();
  await using _directory = directory;
  for (let i = 0; i < 1_000; i++) await leave(spool, `c${i}`);
  const service = fakeService();
  service.workMs = 5;
  await using daemon = startDaemon(directory.path, {}, service);
  await daemon.serving;
  expect(service.events).toHaveLength(1_001);
  expect(await readdir(spool)).toEqual([]);
});
