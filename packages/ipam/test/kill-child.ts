import { writeSync } from 'node:fs';
import type { Store } from '../src/index.ts';
import { openStore } from '../src/sqlite/index.ts';
import { key } from './pool-setup.ts';
import { cooling, record } from './store-compliance.ts';

// Adds and removes attachments for ever, and says after each change what is durable now.
const [, , directory = '', round = ''] = process.argv;
const store: Store = openStore({ directory, bootId: 'boot-1' });
const say = (...words: string[]) => writeSync(1, `${words.join(' ')}\n`);

say('opened', store.origin);
for (let n = 0; ; n++) {
  const name = `${round}-${n}`;
  store.intend(record(name, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`));
  say('intent', name);
  store.attached(key(name), { index: n });
  say('attached', name);
  if (n < 5) continue;
  const old = `${round}-${n - 5}`;
  say('removing', old);
  store.removed(key(old), [cooling(`${round}.${n - 5}`)]);
  say('removed', old);
}
