import { setTimeout as sleep } from 'node:timers/promises';
import { type LabDaemon, startPings, type VcnLabNode } from '@vcn-cni/lab';
import { endText, families, podEnd } from './end.ts';
import { reaching } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

/**
 * The daemon of the first node is replaced while one of its pods is in conversation with one of another node. Reached
 * means: no answer of the conversation is missing, and the new daemon finds nothing to change.
 */
export async function restartRows(
  placed: readonly NodePods[],
  daemon: LabDaemon,
): Promise<{ rows: Flow[]; daemon: LabDaemon }> {
  const { node, first, second } = placed[0]!;
  const other = placed[1]?.first ?? second;
  const conversing = families.map(async (family) => {
    const [from, to] = [podEnd(first, family), podEnd(other, family)];
    return { from, to, pings: await startPings(from.namespace, to.address) };
  });
  const conversations = await Promise.all(conversing);
  await daemon.stop();
  const successor = await node.startDaemon();
  const settled = await nothingToChange(node);
  const ending = conversations.map(async ({ from, to, pings }) => {
    const { sent, lost, repeated } = await pings.end();
    const ends = [endText(from), `${endText(to)}, ${sent} packets`] as const;
    return reaching('daemon-restart', ends, settled && lost.length + repeated === 0);
  });
  return { rows: await Promise.all(ending), daemon: successor };
}

async function nothingToChange(node: VcnLabNode): Promise<boolean> {
  const end = performance.now() + 10_000;
  while (performance.now() < end) {
    if ((await node.vcnctl('plan')).stdout === 'nothing to change\n') return true;
    await sleep(50);
  }
  return false;
}
