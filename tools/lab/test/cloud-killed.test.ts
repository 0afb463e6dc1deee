import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { LabPod } from '../src/index.ts';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';

let at: CloudNode;

afterEach(() => at[Symbol.asyncDispose]());

/** When the daemon is killed: at the nth call of its life, or at the nth that changes something. */
interface Moment {
  call: 'any' | 'change';
  nth: number;
}

/** Calls back once, when the moment has come. */
function whenCalled(moment: Moment, then: () => void): Disposable {
  const { calls } = at.cloud;
  const record = calls.record;
  const end = () => {
    calls.record = record;
  };
  let left = moment.nth;
  calls.record = (operation, outcome) => {
    record(operation, outcome);
    if (moment.call === 'change' && /^(Get|List)/.test(operation)) return;
    if (--left > 0) return;
    end();
    then();
  };
  return { [Symbol.dispose]: end };
}

/** Every further moment takes two seconds. */
const nths = process.env['VCN_CNI_LONG'] ? 10 : 4;

const moments = Array.from({ length: nths }, (_, n): Moment[] => [
  { call: 'any', nth: n + 1 },
  { call: 'change', nth: 1 + (n % 2) },
]).flat();

// Each daemon has a pod more to serve than the one before, and four addresses fit on a VNIC.
test('a daemon that is killed at any call leaks nothing, and gives no address twice', async () => {
  at = await createCloudNode({
    ocpus: 8,
    config: {
      pool: { families: ['inet'], warm: 1, min: 1 },
      oci: { assign: ['single'], objectsPerVnic: 4 },
    },
  });
  const { node, held, report, reaches } = at;
  const pods: LabPod[] = [];
  const adding: Promise<unknown>[] = [];
  for (const moment of moments) {
    const over = Promise.withResolvers<void>();
    using _ = whenCalled(moment, over.resolve);
    const daemon = await node.startDaemon();
    const pod = await node.pod(`pod${pods.length}`);
    pods.push(pod);
    // Its answer may get lost with the daemon; or it waits for the next one.
    adding.push(pod.invoke('ADD'));
    // A daemon that has all it wants makes no more calls.
    await Promise.race([over.promise, sleep(1_500)]);
    await daemon.kill();
  }

  await at.start();
  await Promise.all(adding);
  const attached = async () => ((await node.ask('/v1/pods')) as { pods: PodView[] }).pods;
  const served = new Set((await attached()).map(({ containerId }) => containerId));
  for (const pod of pods.filter(({ containerId }) => !served.has(containerId))) {
    await pod.del();
    await pod.add();
  }
  const known = async () =>
    Object.fromEntries(
      (await report()).vnics.map(({ id, blocks }) => [id, blocks.map(({ cidr }) => cidr).sort()]),
    );
  await vi.waitFor(async () => {
    expect((await at.status()).waits).toEqual([]);
    expect(await known()).toEqual(held());
  }, patiently);
  const cidrs = Object.values(held()).flat();
  expect(new Set(cidrs).size).toBe(cidrs.length);
  const addresses = (await attached()).flatMap((pod) => pod.addresses.map((one) => `${one}/32`));
  expect(new Set(addresses).size).toBe(moments.length);
  expect(cidrs).toEqual(expect.arrayContaining(addresses));
  for (const pod of pods) expect(await reaches(pod)).toBe('reached');
}, 120_000);

interface PodView {
  containerId: string;
  addresses: string[];
}
