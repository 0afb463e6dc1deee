import { chmodSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { DamagedFile, readHeader } from './read-header.ts';
import { isDamage, toStoreError } from './sqlite-error.ts';
import { createSqliteStore } from './sqlite-store.ts';
import {
  draftFile,
  fileKind,
  type Header,
  openDatabase,
  replaceFile,
  setAside,
} from './state-file.ts';

export interface OpenStoreOptions {
  /** An existing folder, which should be a tmpfs: the file in it is `state.db`. */
  directory: string;
  /** What /proc/sys/kernel/random/boot_id says: the pods of another boot are gone, and so is what was kept of them. */
  bootId: string;
  /** Milliseconds of CLOCK_BOOTTIME, the pool's clock. Default: read from the system. */
  now?: () => number;
}

/**
 * Opens the store, or makes one. A file that cannot be read (empty, garbage, cut off, of another format) is set aside
 * and replaced. Throws StoreError `unusable` or `full` where no store can be had. That only one process opens it is
 * for the caller to see to; a second one is refused.
 */
export function openStore({ directory, bootId, now = bootTime }: OpenStoreOptions): Store {
  const path = join(directory, 'state.db');
  checkDirectory(directory);
  try {
    const present = openPresent(path);
    if (present.is === 'whole' && present.header.bootId === bootId) {
      const { database, header } = present;
      return createSqliteStore(database, { path, now, origin: 'existing', ...header });
    }
    if (present.is === 'whole') present.database.close();
    if (present.is !== 'damaged') {
      replaceFile(path, draftFile(path, { bootId }));
      const origin = present.is === 'whole' ? 'other-boot' : 'created';
      return createSqliteStore(openDatabase(path), { path, now, origin });
    }
    const header = { bootId, quarantinedAt: now() };
    const draft = draftFile(path, header);
    const quarantinedFile = setAside(path);
    replaceFile(path, draft);
    return createSqliteStore(openDatabase(path), {
      path,
      now,
      origin: 'quarantined',
      quarantinedFile,
      quarantineReason: present.why,
      ...header,
    });
  } catch (error) {
    throw toStoreError(error, path);
  }
}

type Present =
  | { is: 'absent' }
  | { is: 'damaged'; why: string }
  | { is: 'whole'; database: DatabaseSync; header: Header };

function openPresent(path: string): Present {
  const kind = fileKind(path);
  if (kind === 'absent') return { is: 'absent' };
  // SQLite takes an empty file for an empty database, but a store is never empty: what it held is lost.
  if (kind === 'empty') return { is: 'damaged', why: 'it is empty' };
  if (kind === 'other') return { is: 'damaged', why: 'it is not a regular file' };
  chmodSync(path, 0o600);
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(path);
    return { is: 'whole', database, header: readHeader(database) };
  } catch (error) {
    database?.close();
    if (error instanceof DamagedFile || isDamage(error)) {
      return { is: 'damaged', why: (error as Error).message };
    }
    throw error;
  }
}

function checkDirectory(directory: string): void {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return;
  const message = `the store's folder ${directory} ${stats ? 'is not a folder' : 'does not exist'}; make it (mode 0700), or set another`;
  throw new StoreError('unusable', message, { path: directory });
}

function bootTime(): number {
  return uptime() * 1000;
}
