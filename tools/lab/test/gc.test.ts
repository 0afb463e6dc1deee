import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLab, type Lab, type LabPod } from '../src/index.ts';

let lab: Lab;
let kept: LabPod;
let stale: LabPod;
let dead: LabPod;
let serial = 0;

beforeAll(async () => {
  lab = await createLab();
  await lab.startDaemon();
});
afterAll(() => lab[Symbol.asyncDispose]());

beforeEach(async () => {
  serial += 1;
  [kept, stale, dead] = (await Promise.all(
    ['kept', 'stale', 'dead'].map(async (name) => {
      const pod = await lab.pod(`${name}-${serial}`);
      await pod.add();
      return pod;
    }),
  )) as [LabPod, LabPod, LabPod];
  await lab.node.exec('ip', ['link', 'delete', dead.hostLink()]);
});

const listed = (pods: LabPod[]) =>
  pods.map(({ containerId, ifname }) => ({ containerID: containerId, ifname }));

async function gc(config: Record<string, unknown>): Promise<LabPod[]> {
  const environment = { CNI_CONTAINERID: '', CNI_NETNS: '', CNI_IFNAME: '', CNI_ARGS: '' };
  const { exitCode, stdout } = await kept.invoke('GC', { environment, config });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  const outcomes = await Promise.all(
    [kept, stale].map(async (pod) =>
      (await pod.check().then(
        () => true,
        () => false,
      ))
        ? [pod]
        : [],
    ),
  );
  return outcomes.flat();
}

/** Whether the record of an attachment is gone: CHECK of the unknown is code 105. */
async function forgotten(pod: LabPod): Promise<boolean> {
  const prevResult = { cniVersion: '1.1.0' };
  return (await pod.invoke('CHECK', { config: { prevResult } })).document?.['code'] === 105;
}

async function clean(): Promise<void> {
  await Promise.all([kept, stale, dead].map((pod) => pod.del()));
}

test('an explicit list: unlisted means stale', async () => {
  expect(await gc({ 'cni.dev/valid-attachments': listed([kept]) })).toEqual([kept]);
  expect(await forgotten(stale)).toBe(true);
  expect(await forgotten(dead)).toBe(true);
  await clean();
});

test('the empty list collects everything of the network', async () => {
  expect(await gc({ 'cni.dev/valid-attachments': [] })).toEqual([]);
  await clean();
});

test.each([
  ['null', { 'cni.dev/valid-attachments': null }],
  ['no key', {}],
])('%s collects only what is provably dead', async (_, config) => {
  expect(await gc(config)).toEqual([kept, stale]);
  expect(await forgotten(dead)).toBe(true);
  await clean();
});

test('another network is not touched', async () => {
  expect(await gc({ name: 'others', 'cni.dev/valid-attachments': [] })).toEqual([kept, stale]);
  await clean();
});
