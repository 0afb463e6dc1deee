import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { format, tables } from './schema.ts';

/** What stands in the table `store`. */
export interface Header {
  bootId: string;
  quarantinedAt?: number;
}

const companions = ['-wal', '-shm'] as const;

/** How many files set aside are kept. */
const mostSetAside = 3;

/**
 * Opens a database for one process alone: no shared memory file, and no lock to take and give for each transaction.
 * Synchronous off: the page cache outlives the process, and the folder is a tmpfs, which does not outlive the host.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF');
  return database;
}

/** What is at the path. */
export function fileKind(path: string): 'absent' | 'empty' | 'file' | 'other' {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return 'absent';
  if (!stats.isFile()) return 'other';
  return stats.size === 0 ? 'empty' : 'file';
}

/** Writes an empty store beside the path and returns where: whole before it gets its name. */
export function draftFile(path: string, { bootId, quarantinedAt }: Header): string {
  const draft = `${path}.new`;
  for (const suffix of ['', ...companions]) rmSync(draft + suffix, { force: true });
  closeSync(openSync(draft, 'wx', 0o600));
  chmodSync(draft, 0o600);
  const database = openDatabase(draft);
  try {
    database.exec(['PRAGMA journal_mode = WAL', ...tables].join(';\n'));
    database
      .prepare('INSERT INTO store (format, boot_id, quarantined_at) VALUES (?, ?, ?)')
      .run(format, bootId, quarantinedAt ?? null);
  } finally {
    database.close();
  }
  return draft;
}

/** Puts a draft in the place of what is at the path. Killed in between, the old one is still what is found. */
export function replaceFile(path: string, draft: string): void {
  for (const suffix of companions) rmSync(path + suffix, { force: true });
  renameSync(draft, path);
}

/** Gives the file at the path, and its companions, a second name that nothing reads; returns it. */
export function setAside(path: string): string {
  const prefix = `${basename(path)}.quarantined-`;
  const aside = join(dirname(path), prefix + new Date().toISOString().replaceAll(/[:.]/g, ''));
  for (const suffix of companions) {
    if (fileKind(path + suffix) !== 'absent') renameSync(path + suffix, aside + suffix);
  }
  // A link, not a rename: until the new file takes the name, the next start must find the bad one there.
  if (fileKind(path) === 'other') renameSync(path, aside);
  else linkSync(path, aside);
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix));
  const kept = [...new Set(names.map(withoutCompanion))].sort().slice(-mostSetAside);
  for (const name of names) {
    if (!kept.includes(withoutCompanion(name))) {
      rmSync(join(dirname(path), name), { force: true, recursive: true });
    }
  }
  return aside;
}

function withoutCompanion(name: string): string {
  return name.replace(/-(wal|shm)$/, '');
}
