import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { StoreError } from '../src/index.ts';
import { openStore } from '../src/sqlite/index.ts';
import { key } from './pool-setup.ts';
import { cooling, record } from './store-compliance.ts';

// Runs in a mount namespace of its own, so that file systems can be mounted over this folder.
const [, , directory = ''] = process.argv;
const mount = (...words: string[]) => execFileSync('mount', words);
// Without the options that are there: the owner that they name means nothing in a user namespace.
const remount = (option: string) =>
  mount(
    '--options-mode',
    'ignore',
    '-t',
    'tmpfs',
    '-o',
    `remount,${option}`,
    'none',
    `${directory}/full`,
  );
const attempt = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { reason: error.reason, path: error.path, message: error.message };
  }
};

mkdirSync(`${directory}/full`);
mount('-t', 'tmpfs', '-o', 'size=512k', 'none', `${directory}/full`);
const store = openStore({ directory: `${directory}/full`, bootId: 'boot-1' });
let written = 0;
const full = attempt(() => {
  for (; written < 10_000; written++) store.intend(record(written));
});
const fullRemoval = attempt(() => {
  for (let n = 0; n < 10_000; n++)
    store.removed(key('none'), [cooling(`10.0.${n >> 8}.${n & 255}`)]);
});
remount('size=8m');
store.intend(record('more'));
const kept = store.records().length;
store.close();

mkdirSync(`${directory}/tiny`);
mount('-t', 'tmpfs', '-o', 'size=4k', 'none', `${directory}/tiny`);
const tiny = attempt(() => openStore({ directory: `${directory}/tiny`, bootId: 'boot-1' }));

remount('ro');
const readOnly = attempt(() => openStore({ directory: `${directory}/full`, bootId: 'boot-1' }));
mkdirSync(`${directory}/new`);
mount('-t', 'tmpfs', '-o', 'ro', 'none', `${directory}/new`);
const readOnlyNew = attempt(() => openStore({ directory: `${directory}/new`, bootId: 'boot-1' }));

process.stdout.write(
  JSON.stringify({ full, fullRemoval, written, kept, tiny, readOnly, readOnlyNew }),
);
