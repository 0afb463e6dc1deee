import type { DatabaseSync } from 'node:sqlite';
import { longestHistory } from './schema.ts';

/** Every statement that a store runs, prepared once. */
export function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  const ofKey = 'network = ? AND container_id = ? AND ifname = ?';

  const records = prepare('SELECT * FROM attachment');
  records.setReadBigInts(true);
  const remove = prepare(`DELETE FROM attachment WHERE ${ofKey} RETURNING started_at, addresses`);
  remove.setReadBigInts(true);

  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    records,
    remove,
    cooling: prepare('SELECT address, until, block, vnic FROM cooling'),
    intend: prepare(
      'INSERT INTO attachment (network, container_id, ifname, phase, started_at, addresses, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    attached: prepare(`UPDATE attachment SET phase = 'attached', detail = ? WHERE ${ofKey}`),
    cool: prepare(
      'INSERT OR REPLACE INTO cooling (address, until, block, vnic) VALUES (?, ?, ?, ?)',
    ),
    cooled: prepare('DELETE FROM cooling WHERE address = ?'),
    remember: prepare(
      'INSERT INTO history (address, network, container_id, ifname, leased_at, released_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    trim: prepare(
      `DELETE FROM history WHERE id <= (SELECT max(id) FROM history) - ${longestHistory}`,
    ),
    history: prepare('SELECT * FROM history WHERE address = ? ORDER BY id DESC'),
  };
}
