import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { key } from './pool-setup.ts';
import { createDirectory, open } from './sqlite-setup.ts';
import { cooling, record } from './store-compliance.ts';

/** A folder with a store of 300 records, closed. */
function filled(): { directory: string; path: string } {
  const directory = createDirectory();
  const store = open(directory);
  for (let name = 0; name < 300; name++) store.intend(record(name));
  store.close();
  return { directory, path: join(directory, 'state.db') };
}

function sql(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
}

const damages: [string, (path: string) => void, RegExp][] = [
  ['empty', (path) => truncateSync(path, 0), /it is empty/],
  ['garbage', (path) => writeFileSync(path, 'garbage '.repeat(2000)), /not a database/],
  ['one byte', (path) => writeFileSync(path, 'S'), /no such table/],
  ['cut off in its header', (path) => truncateSync(path, 50), /malformed/],
  ['cut off in the middle', (path) => truncateSync(path, 3 * 4096), /malformed|integrity/],
  ['overwritten in the middle', overwriteMiddle, /malformed|integrity/],
  [
    'a database of others',
    (path) => {
      writeFileSync(path, '');
      sql(path, 'CREATE TABLE dogs (name TEXT)');
    },
    /no such table/,
  ],
  [
    'of a newer format',
    (path) => sql(path, 'UPDATE store SET format = 2'),
    /format is 2, and this version reads 1/,
  ],
  ['without its header', (path) => sql(path, 'DELETE FROM store'), /table store has 0 rows/],
  [
    'of other columns',
    (path) => sql(path, 'ALTER TABLE cooling ADD COLUMN zone TEXT'),
    /tables are not those/,
  ],
  ['without a table', (path) => sql(path, 'DROP TABLE history'), /tables are not those/],
  [
    'of records that are no JSON',
    (path) => sql(path, "UPDATE attachment SET detail = '{' WHERE container_id = '7'"),
    /1 of its records/,
  ],
  [
    'of unknown phases',
    (path) => sql(path, "UPDATE attachment SET phase = 'x'"),
    /300 of its records/,
  ],
];

function overwriteMiddle(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 8192);
  writeFileSync(path, bytes);
}

describe('a file that cannot be believed', () => {
  it.each(damages)('%s: is set aside and replaced, once', (_, damage, reason) => {
    const { directory, path } = filled();
    damage(path);
    const size = statSync(path).size;
    const store = open(directory);
    expect(store).toMatchObject({ origin: 'quarantined', quarantinedAt: 77 });
    expect(store.quarantineReason).toMatch(reason);
    expect(store.quarantinedFile).toMatch(/state\.db\.quarantined-\d{4}-\d\d-\d\dT\d{9}Z$/);
    expect(statSync(store.quarantinedFile!).size).toBe(size);
    expect(store.records()).toEqual([]);
    store.intend(record(1));
    store.close();

    const again = open(directory, 'boot-1', () => 99);
    expect(again).toMatchObject({ origin: 'existing', quarantinedAt: 77 });
    expect(again.quarantinedFile).toBeUndefined();
    expect(again.records()).toEqual([record(1)]);
    again.close();
  });

  it('damage in what only history and cooldowns are kept in is found', () => {
    const directory = createDirectory();
    const path = join(directory, 'state.db');
    const filling = open(directory);
    for (let name = 0; name < 300; name++) {
      filling.intend(record(name));
      filling.removed(key(name), [cooling(`10.0.0.${name}`)]);
    }
    filling.close();
    overwriteMiddle(path);
    const store = open(directory);
    expect(store.origin).toBe('quarantined');
    expect(store.quarantineReason).toMatch(/integrity|malformed/);
    store.close();
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link', (path: string) => symlinkSync('/nowhere', path)],
  ])('%s in its place is set aside too', (_, make) => {
    const directory = createDirectory();
    make(join(directory, 'state.db'));
    const store = open(directory);
    expect(store).toMatchObject({
      origin: 'quarantined',
      quarantineReason: 'it is not a regular file',
    });
    store.close();
  });

  it('its log is set aside with it, never replayed into the new one', () => {
    const { directory, path } = filled();
    truncateSync(path, 0);
    writeFileSync(`${path}-wal`, 'log of the lost one');
    const store = open(directory);
    expect(readFileSync(`${store.quarantinedFile}-wal`, 'utf8')).toBe('log of the lost one');
    expect(store.records()).toEqual([]);
    store.close();
  });

  it('does not fill the folder: the last three are kept', async () => {
    const { directory, path } = filled();
    const all: string[] = [];
    for (let turn = 0; turn < 5; turn++) {
      writeFileSync(path, `garbage ${turn}`);
      writeFileSync(`${path}-wal`, 'log');
      const store = open(directory);
      all.push(store.quarantinedFile!);
      store.close();
    }
    const kept = readdirSync(directory).filter((name) => /quarantined-\w+-\w+-\w+$/.test(name));
    expect(kept.map((name) => join(directory, name)).sort()).toEqual(
      [...new Set(all)].sort().slice(-3),
    );
    expect(readdirSync(directory).length).toBeLessThanOrEqual(1 + 2 * 3);
  });

  it('a draft that was left behind does not matter', () => {
    const { directory, path } = filled();
    writeFileSync(`${path}.new`, 'half');
    truncateSync(path, 0);
    const store = open(directory);
    expect(store.origin).toBe('quarantined');
    store.close();
    expect(readdirSync(directory)).not.toContain('state.db.new');
  });
});
