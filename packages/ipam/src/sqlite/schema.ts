/** The format that this version writes and reads; another one is set aside. */
export const format = 1;

/** How many past leases are kept, of all addresses together. */
export const longestHistory = 4096;

/** Every table, as SQLite keeps its text: a file whose text differs was not written by this format. */
export const tables: readonly string[] = [
  'CREATE TABLE store (format INTEGER NOT NULL, boot_id TEXT NOT NULL, quarantined_at REAL) STRICT',
  `CREATE TABLE attachment (
  network TEXT NOT NULL,
  container_id TEXT NOT NULL,
  ifname TEXT NOT NULL,
  phase TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  addresses TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (network, container_id, ifname)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE cooling (
  address TEXT NOT NULL PRIMARY KEY,
  until REAL NOT NULL,
  block TEXT NOT NULL,
  vnic TEXT NOT NULL
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  network TEXT NOT NULL,
  container_id TEXT NOT NULL,
  ifname TEXT NOT NULL,
  leased_at REAL NOT NULL,
  released_at REAL NOT NULL
) STRICT`,
];
