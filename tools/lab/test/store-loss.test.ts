import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createLab, ping } from '../src/index.ts';

/** Each leaves `state.db` in another bad way. */
const losses: [string, (file: string) => void][] = [
  ['of zero bytes', (file) => writeFileSync(file, '')],
  ['of garbage', (file) => writeFileSync(file, 'not a database '.repeat(1000))],
  ['deleted', (file) => execFileSync('rm', ['-f', file, `${file}-wal`])],
  ['of an older moment', (file) => rmSync(`${file}-wal`, { force: true })],
  ['cut in the middle', (file) => execFileSync('truncate', ['--size=5000', file])],
  [
    'of a newer format',
    (file) => {
      const db = new DatabaseSync(file);
      db.exec('UPDATE store SET format = 999');
      db.close();
    },
  ],
];

test.each(losses)(
  'a store file %s: attachments are taken over from the kernel',
  async (_, spoil) => {
    await using lab = await createLab();
    const first = await lab.startDaemon();
    const pods = await Promise.all(['one', 'two'].map((name) => lab.pod(name)));
    for (const pod of pods) await pod.add();
    await first.kill();
    spoil(join(lab.paths.run, 'state.db'));

    await lab.startDaemon();
    for (const pod of pods) {
      await pod.check();
      expect((await ping(lab.outside, pod.address())).outcome).toBe('reached');
    }
    const third = await lab.pod('three');
    await third.add();
    const addresses = [...pods, third].map((pod) => pod.address());
    expect(new Set(addresses).size).toBe(3);
    for (const pod of [...pods, third]) await pod.del();
    expect(await lab.residue()).toEqual([]);
  },
  60_000,
);
