import { formatKey } from './key.ts';
import type { CoolingAddress } from './model.ts';
import type { PastHolder, Store, StoredAttachment } from './store.ts';
import { StoreError } from './store-error.ts';

/** How many past leases are kept. */
const longestHistory = 4096;

interface Contents {
  records: Map<string, StoredAttachment>;
  cooling: Map<string, CoolingAddress>;
  history: (PastHolder & { address: string })[];
}

/** A store without a file: `reopen` gives what a process that starts anew would find. */
export interface MemoryStore extends Store {
  reopen(): MemoryStore;
}

/** A working store in memory, for tests and for hosts where nothing needs to outlive the process. */
export function createMemoryStore(deps: { now(): number } = { now: Date.now }): MemoryStore {
  return open('created', { records: new Map(), cooling: new Map(), history: [] }, deps);
}

function open(
  origin: Store['origin'],
  { records, cooling, history }: Contents,
  deps: { now(): number },
): MemoryStore {
  let closed = false;
  const checkOpen = () => {
    if (closed) throw new StoreError('closed', 'the store is closed');
  };
  return {
    origin,
    records() {
      checkOpen();
      return [...records.values()].map((record) => structuredClone(record));
    },
    cooling() {
      checkOpen();
      return [...cooling.values()].map((address) => ({ ...address }));
    },
    intend(record) {
      checkOpen();
      if (records.has(formatKey(record.key))) {
        throw new StoreError('conflict', `a record of ${formatKey(record.key)} exists already`);
      }
      const detail = asJson(record.detail);
      records.set(formatKey(record.key), structuredClone({ ...record, detail }));
    },
    attached(key, detail) {
      checkOpen();
      const record = records.get(formatKey(key));
      if (!record) throw new StoreError('conflict', `no record of ${formatKey(key)} exists`);
      record.detail = asJson(detail);
      record.phase = 'attached';
    },
    removed(key, addresses) {
      checkOpen();
      const record = records.get(formatKey(key));
      records.delete(formatKey(key));
      for (const address of addresses) cooling.set(address.address, { ...address });
      if (record) remember(record);
    },
    cooled(addresses) {
      checkOpen();
      for (const address of addresses) cooling.delete(address);
    },
    history(address) {
      checkOpen();
      return history
        .filter((past) => past.address === address)
        .map(({ key, leasedAt, releasedAt }) => ({ key: { ...key }, leasedAt, releasedAt }))
        .reverse();
    },
    close() {
      closed = true;
    },
    reopen: () => open('existing', { records, cooling, history }, deps),
  };

  function remember({ key, lease, startedAt }: StoredAttachment): void {
    const leasedAt = Number(startedAt / 1_000_000n);
    for (const { address } of lease.addresses) {
      history.push({ address, key, leasedAt, releasedAt: deps.now() });
    }
    history.splice(0, history.length - longestHistory);
  }
}

/** The detail as it would come back from a file. */
function asJson(detail: unknown): unknown {
  return JSON.parse(JSON.stringify(detail ?? null));
}
