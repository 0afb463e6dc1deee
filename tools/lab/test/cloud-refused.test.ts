import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { VcnLabOptions } from '../src/index.ts';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';

vi.setConfig({ testTimeout: 60_000 });

let at: CloudNode;

afterEach(() => at[Symbol.asyncDispose]());

const deny = (operation: string) => at.cloud.faults.inject({ operation, effect: { kind: 'deny' } });

/** Pods on 4 addresses a VNIC, one by one; an ADD waits for 2 s. */
async function begin(options: VcnLabOptions & { config?: { oci?: object; pool?: object } } = {}) {
  const { config = {}, ...others } = options;
  at = await createCloudNode({
    ...others,
    config: {
      pool: { families: ['inet'], warm: 0, min: 2, ...config.pool },
      oci: { assign: ['single'], objectsPerVnic: 4, ...config.oci },
      deadlines: { address: 2 },
    },
  });
}

/** ADDs that are made until one waits in vain: what that one answered. */
async function addUntilRefused(most = 20) {
  for (let n = 0; n < most; n++) {
    const pod = await at.node.pod(`pod${n}`);
    const { exitCode, document } = await pod.invoke('ADD');
    if (exitCode !== 0) return { served: n, error: document as { code: number; msg: string } };
  }
  throw new Error(`${most} pods were served`);
}

const wait = async (cause: string) => (await at.status()).waits.find((one) => one.cause === cause);

/** How many calls that change something are made in a while in which nothing comes or goes. */
async function restless(ms: number): Promise<number> {
  const sum = () => Object.values(at.changes()).reduce((all, count) => all + count, 0);
  const before = sum();
  await sleep(ms);
  return sum() - before;
}

test.each([
  ['AttachVnic', 4, 'manage vnic-attachments'],
  ['CreatePrivateIp', 2, 'manage private-ips'],
])(
  '%s is not permitted: it is named with its policy, and what is there serves',
  async (call, has, policy) => {
    await begin();
    await at.start();
    await at.node.stocked();
    const first = await at.added('first');
    const fault = deny(call);
    const { served, error } = await addUntilRefused();
    expect(1 + served).toBe(has);
    expect(error.code).toBe(11);
    expect(error.msg).toContain(call);
    expect(error.msg).toContain(policy);
    const told = await wait('not-authorized-or-not-found');
    expect(told).toMatchObject({ subject: call, detail: expect.stringContaining(policy) });
    const shown = (await at.node.vcnctl('status')).stdout;
    expect(shown).toContain(`${call} is not allowed, or what it names is gone`);
    expect(shown).toContain(policy);
    expect(await at.reaches(first)).toBe('reached');
    await first.check();
    expect(await restless(3_000)).toBeLessThanOrEqual(1);
    await first.del();
    const next = await at.added('next');
    expect(await at.reaches(next)).toBe('reached');

    at.cloud.faults.remove(fault);
  },
);

test('the subnet is full: said so, no loop of calls, and pods that go make room', async () => {
  await begin({
    subnets: {
      nodes: { cidrBlocks: ['10.0.0.0/24'] },
      // Three of eight are OCI's, one is the VNIC's own.
      pods: { cidrBlocks: ['10.0.64.0/29'] },
    },
    config: { oci: { objectsPerVnic: 31 } },
  });
  await at.start();
  await at.node.stocked();
  const first = await at.added('first');
  const { served, error } = await addUntilRefused();
  expect(1 + served).toBe(4);
  expect(error.code).toBe(11);
  expect(error.msg).toMatch(/limit/);
  expect(await wait('limit-reached')).toBeDefined();
  expect(await restless(4_000)).toBeLessThanOrEqual(1);
  await first.del();
  const next = await at.added('next');
  expect(await at.reaches(next)).toBe('reached');
});

test('the shape allows no more VNICs: said so, nothing is tried, and pods that go make room', async () => {
  await begin({ ocpus: 2 });
  await at.start();
  await at.node.stocked();
  const first = await at.added('first');
  const { served, error } = await addUntilRefused();
  expect(1 + served).toBe(4);
  expect(error).toMatchObject({ code: 11, msg: expect.stringMatching(/allows no more VNICs/) });
  expect(await wait('instance-full')).toBeDefined();
  expect(await restless(3_000)).toBe(0);
  await first.del();
  expect(await at.reaches(await at.added('next'))).toBe('reached');
});

test('a service that allows fewer VNICs than its shape is believed', async () => {
  await begin();
  at.cloud.faults.inject({
    operation: 'AttachVnic',
    effect: { kind: 'answer', status: 400, code: 'LimitExceeded', message: 'no more VNICs' },
  });
  await at.node.startDaemon();
  await expect
    .poll(() => wait('limit-reached'), patiently)
    .toMatchObject({
      detail: expect.stringContaining('no more VNICs'),
    });
  expect(await restless(3_000)).toBeLessThanOrEqual(1);
  const { ready, reason } = await at.status();
  expect(ready).toBe(false);
  expect(reason).toContain('a limit of the service is reached');
});
