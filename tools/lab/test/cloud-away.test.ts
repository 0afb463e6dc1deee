import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';

vi.setConfig({ testTimeout: 90_000 });

/** For calls that are tried again: the pauses between them have become long. */
const afterPauses = { timeout: 60_000, interval: 50 };

let at: CloudNode;

beforeEach(async () => {
  at = await createCloudNode({ config: { pool: { families: ['inet'] } } });
});
afterEach(() => at[Symbol.asyncDispose]());

const refuse = () => at.cloud.faults.inject({ operation: '*', effect: { kind: 'away' } });

/** What is sent to the API is lost on the way; the metadata service still answers. */
async function cutOff(): Promise<void> {
  const script = `table inet wire {
    chain out { type filter hook output priority -500; tcp dport 20160 drop; }
  }`;
  await at.node.namespace.exec('nft', ['-f', '-'], { input: script });
}

/** What the kernel of a node has forgotten after it has booted again: all but its primary card. */
async function reboot(): Promise<void> {
  const { node } = at;
  const cards = (await at.report()).vnics.map(({ device }) => device!);
  const tables = Object.values(await at.tables());
  await rm(node.paths.run, { recursive: true });
  const script = [
    ...cards.flatMap((card) => [`ip address flush dev ${card}`, `ip link set ${card} down`]),
    ...[1000, 1001, ...tables].map((table) => `ip route flush table ${table}`),
    'ip rule flush; ip rule add priority 32766 lookup main; ip rule add priority 32767 lookup default',
    'nft delete table inet vcn-cni || true',
  ].join('\n');
  const { code, stderr } = await node.namespace.exec('sh', ['-c', script]);
  expect(code, stderr).toBe(0);
}

test('the API is away: pods come and go on the warm pool, and status tells since when', async () => {
  const { start, added, reaches, node, status } = at;
  await start();
  await node.stocked();
  const first = await added('first');
  refuse();
  // More than the warm ones make the daemon ask for more.
  const pods = await Promise.all(Array.from({ length: 12 }, (_, n) => added(`pod${n}`)));
  for (const pod of pods) expect(await reaches(pod)).toBe('reached');
  const away = { cause: 'api-unavailable', forMs: expect.any(Number) };
  await expect.poll(async () => (await status()).waits, patiently).toMatchObject([away]);
  const before = (await status()).waits[0]!.forMs;
  await expect
    .poll(async () => (await status()).waits[0]?.forMs, patiently)
    .toBeGreaterThan(before + 500);
  expect((await node.vnics()).source).toBe('cloud');
  const shown = (await node.vcnctl('status')).stdout;
  expect(shown).toMatch(/waits for +the API does not answer, [1-9]\d* s.*CreatePrivateIp/);
  expect(shown).toMatch(/state +serving, ready\n/);

  for (const pod of [first, ...pods]) await pod.del();
  const next = await added('next');
  expect(await reaches(next)).toBe('reached');
  at.cloud.faults.clear();
  await expect.poll(async () => (await status()).waits, afterPauses).toEqual([]);
});

test.each([
  ['refuses connections', async () => void refuse()],
  ['is not reached', cutOff],
])(
  'a node boots again while the API %s: pods are served of what was told before',
  async (_, fault) => {
    const { start, added, reaches, node, plan } = at;
    const daemon = await start();
    await node.stocked();
    const tables = await at.tables();
    const held = at.held();
    await reboot();
    await daemon.stop();
    await fault();

    const began = performance.now();
    await node.startDaemon();
    const pod = await added('web');
    expect(await reaches(pod)).toBe('reached');
    expect(performance.now() - began).toBeLessThan(10_000);
    expect((await node.vnics()).source).toBe('cache');
    expect(Object.keys(await at.tables())).toEqual(Object.keys(tables));
    await expect.poll(plan, patiently).toEqual([]);
    const other = await added('other');
    expect(other.address()).not.toBe(pod.address());
    await pod.del();

    at.cloud.faults.clear();
    await node.namespace.exec('nft', ['delete', 'table', 'inet', 'wire']);
    await expect.poll(async () => (await node.vnics()).source, afterPauses).toBe('cloud');
    expect(await reaches(other)).toBe('reached');
    expect(at.held()).toEqual(held);
  },
);
