import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { expect, test, vi } from 'vitest';
import { answering, call } from './service-calls.ts';
import { families, type ServiceLab } from './service-lab.ts';
import { clusterIp, madeService } from './service-made.ts';
import { lostSegments, startStream } from './service-stream.ts';

/** Connections by Services live through whatever is done to a node. Ends with other Services than it begins with. */
export function upkeepFlows(lab: () => ServiceLab, nodePort: number): void {
  test('connections by Services outlive the daemon, a repair and new rules, without a segment lost', async () => {
    const it = lab();
    await serve(it, 'gamma', 'beta');
    const ends = [it.client.namespace, ...Object.values(it.pods).map(({ namespace }) => namespace)];
    const lost = () => Promise.all(ends.map(lostSegments));
    const connecting = families.flatMap((family) => [
      startStream(it.pods.alpha.namespace, clusterIp(1)[family], 80),
      startStream(it.client.namespace, it.one.primary.address[family]!, nodePort),
    ]);
    const streams = await Promise.all(connecting);
    const atFirst = await lost();
    await it.daemons[0]!.stop();
    it.daemons[0] = await it.one.startDaemon();
    await nothingToChange(it);
    expect(await it.one.vcnctl('gc')).toMatchObject({ code: 0 });
    await repaired(it.one.namespace, ['-4', 'rule'], ['priority', '768']);
    await nothingToChange(it);
    // New connections go elsewhere, those that are there stay.
    await serve(it, 'delta', 'alpha');
    const elsewhere = await call(it.pods.alpha.namespace, clusterIp(1).inet, 80, { count: 6 });
    expect(answering(elsewhere)).toEqual(['delta']);
    // What was sent again in vain is known a moment later.
    await vi.waitFor(async () => expect(await lost()).toEqual(atFirst), 2_000);

    const outcomes = await Promise.all(streams.map((stream) => stream.end()));
    const byCluster = { pod: 'gamma', lines: expect.any(Number), intact: true };
    const byNode = { ...byCluster, pod: 'beta' };
    expect(outcomes).toEqual([byCluster, byNode, byCluster, byNode]);
    for (const { lines } of outcomes) expect(lines).toBeGreaterThan(100);
  });

  const serve = (it: ServiceLab, remote: 'gamma' | 'delta', local: 'alpha' | 'beta') =>
    it.serve([
      madeService(it, 1, [remote]),
      madeService(it, 2, [local], { nodePort, externalTrafficPolicy: 'Local' }),
    ]);
}

const nothingToChange = ({ one }: ServiceLab) =>
  vi.waitFor(async () => {
    const { stdout } = await one.vcnctl('plan');
    expect(stdout).toBe('nothing to change\n');
  }, 10_000);

/** Takes something away that the flows do not need, and waits until a reconcile has put it back. */
async function repaired(host: SandboxNamespace, kind: string[], which: string[]): Promise<void> {
  const show = async () => (await host.exec('ip', [...kind, 'show', ...which])).stdout;
  const before = await show();
  expect(before).not.toBe('');
  await host.exec('ip', [...kind, 'delete', ...which]);
  await vi.waitFor(async () => expect(await show()).toBe(before), 10_000);
}
