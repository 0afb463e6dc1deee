import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPings } from '../src/steady-pings.ts';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';

vi.setConfig({ testTimeout: 60_000 });

let at: CloudNode;

beforeEach(async () => {
  // Addresses for 16 pods are on two VNICs.
  at = await createCloudNode({
    config: { pool: { families: ['inet'] }, oci: { assign: ['single'], objectsPerVnic: 10 } },
  });
});
afterEach(() => at[Symbol.asyncDispose]());

test('pods that talk across nodes notice neither a stop nor a kill of the daemon', async () => {
  const { node, neighbour, start, startOld, added, held, plan, tables } = at;
  const [first] = await Promise.all([startOld(), neighbour.startDaemon()]);
  await Promise.all([node.stocked(), neighbour.stocked()]);
  // What is there in the order of the cloud's list would get the same tables by chance.
  const lost = (await at.report()).vnics.find(({ table }) => table === 1010)!.id!;
  at.cloud.loseVnic(at.cloud.world.vnics.get(lost)!.attachmentId);
  await expect.poll(async () => (await tables())[lost], patiently).toBeUndefined();
  await node.stocked();
  const [web, db] = [await added('web'), await neighbour.pod('db')];
  await db.add();
  const before = await tables();
  expect(Object.values(before)).toContain(1011);
  const addresses = held();

  const pings = await startPings(web.namespace, db.address());
  const back = await startPings(db.namespace, web.address());
  await first.stop();
  const second = await start();
  await second.kill();
  await start();
  await expect.poll(plan, patiently).toEqual([]);
  for (const stream of [pings, back]) {
    const { sent, lost: without } = await stream.end();
    expect(without).toEqual([]);
    expect(sent).toBeGreaterThan(50);
  }
  expect(await tables()).toMatchObject(before);
  expect(held()).toMatchObject(addresses);
  await web.check();
});

test('the state directory is lost while pods run: each is known again, on its VNIC', async () => {
  const { node, start, added, reaches, held } = at;
  const daemon = await start();
  await node.stocked();
  const pods = await Promise.all(['a', 'b', 'c', 'd'].map(added));
  const use = async () =>
    (await at.report()).vnics.map(({ id, table, blocks }) => ({
      ...{ id, table },
      leased: blocks.filter(({ leased }) => leased > 0).map(({ cidr }) => cidr),
    }));
  const before = await use();
  expect(before.filter(({ leased }) => leased.length > 0)).toHaveLength(2);
  const addresses = held();
  await daemon.kill();
  await rm(node.paths.run, { recursive: true });

  await start();
  await expect.poll(use, patiently).toEqual(before);
  expect(await at.status()).toMatchObject({ attachments: 4, stranded: [] });
  expect(held()).toEqual(addresses);
  for (const pod of pods) {
    expect(await reaches(pod)).toBe('reached');
    await pod.check();
  }
  const others = await Promise.all(['e', 'f', 'g'].map(added));
  const given = [...pods, ...others].map((pod) => pod.address());
  expect(new Set(given).size).toBe(7);
  for (const pod of [...pods, ...others]) await pod.del();
  expect((await node.residue()).filter((line) => /\boci[0-9a-f]/.test(line))).toEqual([]);
});
