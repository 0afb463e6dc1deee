import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createVcnLab, type LabPod, ping, type VcnLab, type VcnLabNode } from '../src/index.ts';

let lab: VcnLab;
let node: VcnLabNode;

beforeEach(async () => {
  lab = await createVcnLab({ config: { pool: { families: ['inet'] } } });
  node = lab.nodes[0]!;
});
afterEach(() => lab[Symbol.asyncDispose]());

/** What the cloud holds for the node, but for its primary VNIC. */
function held(): string[] {
  const { vnics, addresses } = lab.vcn.cloud.books({ instanceId: node.instanceId });
  const secondary = vnics.filter(({ isPrimary }) => !isPrimary).map(({ id }) => id);
  const theirs = addresses.filter(({ vnicId = '' }) => secondary.includes(vnicId));
  return [...secondary, ...theirs.map(({ cidr }) => cidr)].sort();
}

async function added(name: string): Promise<LabPod> {
  const pod = await node.pod(name);
  await pod.add();
  return pod;
}

/** The neighbour's own address answers: the pod's address works in the VCN. */
const reaches = async (pod: LabPod) =>
  (await ping(pod.namespace, lab.nodes[1]!.primary.address.inet!)).outcome;

const away = () => lab.vcn.cloud.faults.inject({ operation: '*', effect: { kind: 'away' } });

test('the API is away: pods come and go on the warm pool, and nothing is lost', async () => {
  await node.startDaemon();
  await node.stocked();
  const before = held();
  away();
  for (let round = 0; round < 3; round++) {
    const pods = await Promise.all(['a', 'b', 'c'].map((name) => added(`${name}${round}`)));
    for (const pod of pods) {
      expect(await reaches(pod)).toBe('reached');
      await pod.del();
    }
  }
  expect(await node.residue()).toEqual([]);
  expect(held()).toEqual(before);
});

test('a daemon that is killed comes back to what it had, and its pods notice nothing', async () => {
  const daemon = await node.startDaemon();
  await node.stocked();
  const pod = await added('web');
  const before = held();
  await daemon.kill();
  expect(await reaches(pod)).toBe('reached');
  await node.startDaemon();
  await vi.waitFor(
    async () => expect(await node.vnics()).toMatchObject({ source: 'cloud' }),
    10_000,
  );
  expect(held()).toEqual(before);
  await pod.check();
  await pod.del();
  expect(await node.residue()).toEqual([]);
});

test('a node that lost its state while the API is away serves from what it was told before', async () => {
  const daemon = await node.startDaemon();
  await node.stocked();
  await daemon.stop();
  away();
  await rm(node.paths.run, { recursive: true });
  await node.startDaemon();
  await vi.waitFor(
    async () => expect(await node.vnics()).toMatchObject({ source: 'cache' }),
    10_000,
  );
  expect(await reaches(await added('web'))).toBe('reached');
});

test('a VNIC that is taken away: its card is missed at once, and its pods are let go', async () => {
  await node.startDaemon();
  await node.stocked();
  const pod = await added('web');
  const { vnics } = lab.vcn.cloud.books({ instanceId: node.instanceId });
  const lost = vnics.find(({ isPrimary }) => !isPrimary)!;
  lab.vcn.cloud.loseVnic(lost.attachmentId);
  await lab.vcn.settled();
  expect(await reaches(pod)).toBe('unreached');
  const missed = { waits: [{ cause: 'link-missing', subject: lost.id }] };
  await vi.waitFor(async () => expect(await node.vnics()).toMatchObject(missed), 10_000);
  expect((await node.vcnctl('status')).stdout).toContain(`the card of VNIC ${lost.id}`);
  await pod.del();
});
