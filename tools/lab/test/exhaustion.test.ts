import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLab, type Lab, type LabPod, vcnctlMain } from '../src/index.ts';

let lab: Lab;
let first: LabPod;
let second: LabPod;

beforeEach(async () => {
  lab = await createLab({
    blocks: ['10.77.1.0/31'],
    config: { status: { exhaustedAfter: 0 }, deadlines: { address: 3 } },
  });
  await lab.startDaemon();
  first = await lab.pod('first');
  second = await lab.pod('second');
  await first.add();
  await second.add();
});
afterEach(() => lab[Symbol.asyncDispose]());

/** What vcnctl prints; an exhausted pool is something wrong, so that its exit code is 1. */
async function vcnctl(word: string) {
  const words = ['--conditions=@vcn-cni/source', vcnctlMain, '--socket', lab.paths.ctl, '--json'];
  const ran = promisify(execFile)(process.execPath, [...words, word]);
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('an empty pool: ADD waits a bounded time and says why, STATUS says so, DEL always works', async () => {
  const third = await lab.pod('third');
  const { document } = await third.invoke('ADD');
  expect(document).toMatchObject({ code: 11 });
  expect((await third.invoke('STATUS')).document).toMatchObject({ code: 50 });
  await first.del();
  await until(async () => (await third.invoke('STATUS')).exitCode === 0);
  await third.add();
});

test('a waiting ADD is served by the next address that becomes free', async () => {
  const third = await lab.pod('third');
  const added = third.add();
  await until(async () => (await vcnctl('status')).pool.waiting === 1);
  const freed = first.address();
  await first.del();
  await added;
  expect(third.address()).toBe(freed);
});

test('a caller that gives up while its ADD waits takes no address', async () => {
  const third = await lab.pod('third');
  const caller = third.start('ADD');
  await until(async () => (await vcnctl('status')).pool.waiting === 1);
  caller.kill('SIGKILL');
  await until(async () => (await vcnctl('status')).pool.waiting === 0);
  await first.del();
  await until(async () => (await vcnctl('status')).pool.free === 1);
  expect((await vcnctl('pods')).pods).toHaveLength(1);
});
