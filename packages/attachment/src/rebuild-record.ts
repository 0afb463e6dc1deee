import type { ActualState, LinkFact } from '@vcn-cni/netlink';
import { blockOf, derivedMac, parseAlias } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';
import type { AttachmentRecord } from './record.ts';

/**
 * An attachment read back from the kernel: its key from the link's alias, its addresses from the routes
 * of the pods table, the pod's MAC from the permanent neighbours. Pure.
 */
export function rebuildRecord(
  link: LinkFact,
  actual: ActualState,
  { settings, node }: Pick<Scene, 'settings' | 'node'>,
): AttachmentRecord | undefined {
  const key = parseAlias(link.alias);
  if (!key) return undefined;
  const facts = node();
  const addresses = actual.routes
    .filter((route) => route.link === link.name && route.table === settings.host.tables.pods)
    .map(({ family, destination }) => {
      const address = destination.split('/')[0]!;
      return { family, address, ...blockOf(address, facts) };
    })
    .sort((a, b) => a.family.localeCompare(b.family));
  const neighbour = actual.neighbours.find((candidate) => candidate.link === link.name);
  return {
    key,
    phase: 'attached',
    lease: { key, addresses },
    startedAt: 0n,
    detail: {
      spec: {
        key,
        netns: '',
        hostLink: link.name,
        hostMac: link.mac!,
        podMac: neighbour?.mac ?? derivedMac(`${link.alias} pod`),
        mtu: link.mtu,
      },
      hostIndex: link.index,
    },
  };
}
