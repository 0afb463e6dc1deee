import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLab, type Lab, type LabPod, ping } from '../src/index.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await createLab({ blocks: ['10.77.1.0/24', 'fd77:0:0:1::/80'] });
});
afterEach(() => lab[Symbol.asyncDispose]());

const spool = () => join(lab.paths.run, 'spool');
const hostLinks = async () =>
  ((await lab.node.exec('ip', ['-o', 'link'])).stdout.match(/oci[0-9a-f]{11}/g) ?? []).length;

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('two daemons started at once: one serves, the other follows', async () => {
  const [first, second] = [lab.startDaemon(), lab.startDaemon()];
  const serving = await Promise.race([first, second]);
  const pod = await lab.pod('between');
  await pod.add();
  await serving.stop();
  const [a, b] = await Promise.all([first, second]);
  expect([a.ended(), b.ended()].filter(Boolean)).toHaveLength(1);
  await pod.check();
  await pod.del();
});

test('restarts under 30 concurrent execs are seen by no caller', async () => {
  let daemon = await lab.startDaemon();
  let over = false;
  let served = 0;
  const lane = async (index: number) => {
    for (let round = 0; !over; round++) {
      const pod = await lab.pod(`lane-${index}-${round}`);
      await pod.add();
      await pod.del();
      served += 1;
    }
  };
  const lanes = Promise.all(Array.from({ length: 30 }, (_, index) => lane(index)));
  try {
    for (const target of [60, 120, 180]) {
      await until(async () => served >= target);
      const next = lab.startDaemon();
      await daemon.stop();
      daemon = await next;
    }
    await until(async () => served >= 240);
  } finally {
    over = true;
    await lanes;
  }
  expect(await hostLinks()).toBe(0);
}, 120_000);

test('a pod keeps its traffic while the daemon is killed and started again', async () => {
  const first = await lab.startDaemon();
  const pod = await lab.pod('survivor');
  await pod.add();
  await first.kill();
  expect((await ping(lab.outside, pod.address())).outcome).toBe('reached');
  await lab.startDaemon();
  await pod.check();
  expect((await pod.invoke('ADD')).document).toMatchObject({ code: 100 });
  await pod.del();
  expect(await lab.residue()).toEqual([]);
});

test('without a daemon: DEL is spooled and done at the next start, the rest says try again', async () => {
  const environment = { VCN_CNI_CONNECT_TIMEOUT_MS: '200' };
  const daemon = await lab.startDaemon();
  const pod = await lab.pod('spooled');
  await pod.add();
  await daemon.stop();
  expect(await pod.invoke('DEL', { environment })).toMatchObject({ exitCode: 0, stdout: '' });
  expect(await readdir(spool())).toHaveLength(1);
  expect((await pod.invoke('ADD', { environment })).document).toMatchObject({ code: 11 });
  expect((await pod.invoke('STATUS', { environment })).document).toMatchObject({ code: 50 });
  expect(await hostLinks()).toBe(1);
  await lab.startDaemon();
  expect(await hostLinks()).toBe(0);
  expect(await readdir(spool())).toEqual([]);
});

test('a spooled DEL does not remove a later attachment of the same container id', async () => {
  const environment = { VCN_CNI_CONNECT_TIMEOUT_MS: '200' };
  const daemon = await lab.startDaemon();
  const pod: LabPod = await lab.pod('repeated');
  await pod.add();
  await daemon.stop();
  await pod.invoke('DEL', { environment });
  const [file] = await readdir(spool());
  const copy = join(lab.paths.directory, 'spooled-copy');
  await copyFile(join(spool(), file!), copy);
  const next = await lab.startDaemon();
  await pod.add();
  await copyFile(copy, join(spool(), file!));
  await until(async () => (await readdir(spool())).length === 0);
  await pod.check();
  await next.stop();
  await copyFile(copy, join(spool(), file!));
  expect((await readFile(copy)).length).toBeGreaterThan(0);
  await lab.startDaemon();
  await pod.check();
  await pod.del();
});
