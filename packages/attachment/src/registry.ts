import type { AttachmentKey } from '@vcn-cni/ipam';
import { formatAlias } from '@vcn-cni/pod-network';
import type { Pool, Store } from './ports.ts';
import type { AttachmentRecord } from './record.ts';

/** The attachments of this node: memory in front of the store, which is written first. */
export interface Registry {
  get(key: AttachmentKey): AttachmentRecord | undefined;
  byHostLink(name: string): AttachmentRecord | undefined;
  byHostIndex(index: number | undefined): AttachmentRecord | undefined;
  all(): AttachmentRecord[];
  /** Durable when it returns. */
  intend(record: AttachmentRecord): void;
  attached(record: AttachmentRecord): void;
  /** Forgets it; its addresses go to cooldown. */
  remove(record: AttachmentRecord): void;
  /** From the store, at start: nothing is written. */
  load(records: readonly AttachmentRecord[]): void;
}

export function createRegistry({ store, pool }: { store: Store; pool: Pool }): Registry {
  const byKey = new Map<string, AttachmentRecord>();
  const byLink = new Map<string, AttachmentRecord>();
  const byIndex = new Map<number | undefined, AttachmentRecord>();
  const remember = (record: AttachmentRecord) => {
    byKey.set(formatAlias(record.key), record);
    byLink.set(record.detail.spec.hostLink, record);
    if (record.detail.hostIndex !== undefined) byIndex.set(record.detail.hostIndex, record);
  };
  return {
    get: (key) => byKey.get(formatAlias(key)),
    byHostLink: (name) => byLink.get(name),
    byHostIndex: (index) => byIndex.get(index),
    all: () => [...byKey.values()],
    load: (records) => records.forEach(remember),
    intend(record) {
      store.intend(record);
      remember(record);
    },
    attached(record) {
      store.attached(record.key, record.detail);
      remember({ ...record, phase: 'attached' });
    },
    remove(record) {
      const { hostLink } = record.detail.spec;
      store.removed(record.key, pool.release(record.key));
      byKey.delete(formatAlias(record.key));
      if (byLink.get(hostLink)?.key === record.key) byLink.delete(hostLink);
      byIndex.delete(record.detail.hostIndex);
    },
  };
}
