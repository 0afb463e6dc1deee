import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOperationLocks } from '../src/operation/operation-locks.ts';
import { betweenProcesses } from '../src/operation/process-locks.ts';

const run = promisify(execFile);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cni-locks-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Another runtime in this process knows nothing of the first but the files. */
const another = () => betweenProcesses(createOperationLocks(), join(folder, 'locks'));

/** Work that lasts until it is told to end. */
function lasting(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
  };
  return { work, end: resolve };
}

it('does the work of one container in turn and of others at once, and GC alone', async () => {
  const log: string[] = [];
  const works = ['a1', 'a2', 'b1', 'gc'].map((name) => lasting(log, name));
  const [a1, a2, b1, gc] = works as [
    (typeof works)[0],
    (typeof works)[0],
    (typeof works)[0],
    (typeof works)[0],
  ];
  const first = another().forContainer('a', a1!.work);
  await expect.poll(() => log).toEqual(['a1 begins']);
  const others = [another().forContainer('b', b1!.work), another().forContainer('a', a2!.work)];
  await expect.poll(() => log).toEqual(['a1 begins', 'b1 begins']);
  b1!.end();
  await others[0];
  a1!.end();
  await first;
  await expect.poll(() => log).toContain('a2 begins');
  const collecting = another().forAll(gc!.work);
  a2!.end();
  await others[1];
  await expect.poll(() => log.at(-1)).toBe('gc begins');
  const late = another().forContainer('c', async () => void log.push('c'));
  gc!.end();
  await Promise.all([collecting, late]);
  expect(log.slice(-2)).toEqual(['gc ends', 'c']);
});

it('gives up waiting when told to, and then holds nothing', async () => {
  const log: string[] = [];
  const long = lasting(log, 'long');
  const first = another().forContainer('a', long.work);
  await expect.poll(() => log).toEqual(['long begins']);
  const reason = new Error('enough');
  const abort = new AbortController();
  const waiting = another().forContainer('a', async () => void log.push('never'), abort.signal);
  setTimeout(() => abort.abort(reason), 50);
  await expect(waiting).rejects.toBe(reason);
  long.end();
  await first;
  await another().forContainer('a', async () => void log.push('next'));
  expect(log).toEqual(['long begins', 'long ends', 'next']);
});

it('is given back by a process that is killed', async () => {
  const file = join(folder, 'out');
  const script = `
    import { createOperationLocks } from ${JSON.stringify(new URL('../src/operation/operation-locks.ts', import.meta.url).href)};
    import { betweenProcesses } from ${JSON.stringify(new URL('../src/operation/process-locks.ts', import.meta.url).href)};
    import { writeFileSync } from 'node:fs';
    await betweenProcesses(createOperationLocks(), ${JSON.stringify(join(folder, 'locks'))}).forContainer('a', async () => {
      writeFileSync(${JSON.stringify(file)}, 'held');
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => setInterval(() => {}, 1000));
    });`;
  const args = ['--conditions=@vcn-cni/source', '--input-type=module', '-e', script];
  await expect(run(process.execPath, args)).rejects.toMatchObject({ signal: 'SIGKILL' });
  expect(await readFile(file, 'utf8')).toBe('held');
  expect(await another().forContainer('a', async () => 'mine')).toBe('mine');
});
