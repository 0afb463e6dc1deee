import type { DatabaseSync } from 'node:sqlite';
import { format, tables } from './schema.ts';
import type { Header } from './state-file.ts';

/** A file that cannot be believed; the message says why. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** Reads who wrote the file, and checks that all of it is whole. Throws DamagedFile, or what SQLite throws. */
export function readHeader(database: DatabaseSync): Header {
  const rows = database.prepare('SELECT * FROM store').all();
  const row = rows[0];
  if (rows.length !== 1 || !row) throw new DamagedFile(`its table store has ${rows.length} rows`);
  if (row['format'] !== format) {
    throw new DamagedFile(`its format is ${row['format']}, and this version reads ${format}`);
  }
  const found = database
    .prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY sql")
    .all();
  const expected = [...tables].sort();
  if (found.length !== tables.length || found.some(({ sql }, at) => sql !== expected[at])) {
    throw new DamagedFile('its tables are not those of its format');
  }
  const integrity = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
  if (integrity !== 'ok') throw new DamagedFile(`its integrity check says: ${integrity}`);
  const odd = database
    .prepare(
      `SELECT count(*) AS odd FROM attachment WHERE phase NOT IN ('intent', 'attached')
       OR NOT json_valid(detail) OR NOT json_valid(addresses) OR json_type(addresses) <> 'array'`,
    )
    .get()?.['odd'];
  if (odd !== 0) throw new DamagedFile(`${odd} of its records cannot be read`);
  const quarantinedAt = row['quarantined_at'];
  return {
    bootId: String(row['boot_id']),
    ...(typeof quarantinedAt === 'number' ? { quarantinedAt } : {}),
  };
}
