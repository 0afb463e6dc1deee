import type { Attachments } from '@vcn-cni/attachment';
import { operatorInvocation } from './operator-invocation.ts';
import { type PodView, podView } from './pod-view.ts';

/** GC of every network without a list: removes only what is provably dead, and tells what that was. */
export async function collect(attachments: Attachments): Promise<PodView[]> {
  const before = attachments.list();
  const networks = new Set(before.map(({ key }) => key.network));
  const signal = AbortSignal.timeout(30_000);
  for (const network of networks)
    await attachments.gc(operatorInvocation('GC', network), { signal });
  const kept = new Set(attachments.list());
  return before.filter((record) => !kept.has(record)).map(podView);
}
