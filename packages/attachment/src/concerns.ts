import type { Change } from '@vcn-cni/netlink';
import type { Scene } from './deps.ts';
import { linkLock } from './lock-names.ts';
import type { AttachmentRecord } from './record.ts';

/**
 * Whether an announcement of the kernel tells that others changed something of an attachment that can be mended from
 * here: not while the attachment itself is being made or removed, and not the end of its link. Memory only.
 */
export function concerns({ registry, locks, settings }: Scene, change: Change): boolean {
  const settled = (record: AttachmentRecord | undefined): boolean =>
    record !== undefined && !locks.isHeld(linkLock(record.detail.spec.hostLink));
  switch (change.kind) {
    case 'link':
      return (
        change.event === 'new' && !change.link.up && settled(registry.byHostLink(change.link.name))
      );
    case 'address':
      return change.event === 'gone' && settled(registry.byHostIndex(change.linkIndex));
    case 'neighbour': {
      const record = registry.byHostIndex(change.linkIndex);
      const { address } = change.neighbour;
      // Others the kernel learns and forgets by itself.
      const planned = record?.lease.addresses.some((leased) => leased.address === address);
      return change.event === 'gone' && planned === true && settled(record);
    }
    case 'route':
      return (
        change.event === 'gone' &&
        change.route.table === settings.host.tables.pods &&
        settled(registry.byHostIndex(change.linkIndex))
      );
    default:
      return false;
  }
}
