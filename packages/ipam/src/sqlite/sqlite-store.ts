import type { DatabaseSync } from 'node:sqlite';
import { formatKey } from '../key.ts';
import type { AttachmentKey, CoolingAddress, LeasedAddress } from '../model.ts';
import type { PastHolder, Store, StoredAttachment } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { isConflict, toStoreError } from './sqlite-error.ts';
import { prepareStatements } from './statements.ts';

/** What a store says of itself, and what it works with. */
export interface SqliteStoreFacts
  extends Pick<Store, 'origin' | 'quarantinedFile' | 'quarantineReason' | 'quarantinedAt'> {
  path: string;
  now: () => number;
}

type Row = Record<string, unknown>;

/** The store over an open database that has its tables. */
export function createSqliteStore(database: DatabaseSync, facts: SqliteStoreFacts): Store {
  const { path, now, origin, quarantinedFile, quarantineReason, quarantinedAt } = facts;
  database.exec('PRAGMA journal_mode = WAL');
  const statements = prepareStatements(database);

  function guarded<T>(work: () => T): T {
    if (!database.isOpen) {
      throw new StoreError('closed', `the store ${path} is closed`, { path });
    }
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, path);
    }
  }

  function transaction(work: () => void): void {
    statements.begin.run();
    try {
      work();
      statements.commit.run();
    } catch (error) {
      if (database.isTransaction) statements.rollback.run();
      throw error;
    }
  }

  return {
    origin,
    ...(quarantinedFile === undefined ? {} : { quarantinedFile }),
    ...(quarantineReason === undefined ? {} : { quarantineReason }),
    ...(quarantinedAt === undefined ? {} : { quarantinedAt }),

    records: () => guarded(() => statements.records.all().map(readRecord)),

    cooling: () =>
      guarded(() =>
        statements.cooling.all().map(({ address, until, block, vnic }) => {
          return { address, until, block, vnic } as CoolingAddress;
        }),
      ),

    intend: ({ key, phase, lease, startedAt, detail }) =>
      guarded(() => {
        const addresses = JSON.stringify(lease.addresses);
        try {
          statements.intend.run(...columns(key), phase, startedAt, addresses, asJson(detail));
        } catch (error) {
          if (!isConflict(error)) throw error;
          const message = `a record of ${formatKey(key)} exists already in ${path}`;
          throw new StoreError('conflict', message, { path, cause: error });
        }
      }),

    attached: (key, detail) =>
      guarded(() => {
        if (statements.attached.run(asJson(detail), ...columns(key)).changes === 0) {
          throw new StoreError('conflict', `no record of ${formatKey(key)} is in ${path}`, {
            path,
          });
        }
      }),

    removed: (key, cooling) =>
      guarded(() =>
        transaction(() => {
          const gone: Row | undefined = statements.remove.get(...columns(key));
          if (gone) {
            const leasedAt = Number(gone['started_at']) / 1e6;
            for (const { address } of readAddresses(gone)) {
              statements.remember.run(address, ...columns(key), leasedAt, now());
            }
            statements.trim.run();
          }
          for (const { address, until, block, vnic } of cooling) {
            statements.cool.run(address, until, block, vnic);
          }
        }),
      ),

    cooled: (addresses) =>
      guarded(() =>
        transaction(() => {
          for (const address of addresses) statements.cooled.run(address);
        }),
      ),

    history: (address) => guarded(() => statements.history.all(address).map(readPastHolder)),

    close() {
      if (database.isOpen) database.close();
    },
  };
}

function columns({ network, containerId, ifname }: AttachmentKey): [string, string, string] {
  return [network, containerId, ifname];
}

function readKey(row: Row): AttachmentKey {
  return {
    network: row['network'] as string,
    containerId: row['container_id'] as string,
    ifname: row['ifname'] as string,
  };
}

function readAddresses(row: Row): LeasedAddress[] {
  return JSON.parse(row['addresses'] as string);
}

function readRecord(row: Row): StoredAttachment {
  return {
    key: readKey(row),
    phase: row['phase'] as StoredAttachment['phase'],
    lease: { key: readKey(row), addresses: readAddresses(row) },
    startedAt: row['started_at'] as bigint,
    detail: JSON.parse(row['detail'] as string),
  };
}

function readPastHolder(row: Row): PastHolder {
  return {
    key: readKey(row),
    leasedAt: row['leased_at'] as number,
    releasedAt: row['released_at'] as number,
  };
}

function asJson(detail: unknown): string {
  return JSON.stringify(detail ?? null);
}
