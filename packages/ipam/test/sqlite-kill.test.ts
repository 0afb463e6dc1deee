import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { createDirectory, open } from './sqlite-setup.ts';

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

/** Runs the child until it has said so many lines, kills it, and gives every line it had said. */
async function runAndKill(directory: string, round: number, lines: number): Promise<string[]> {
  const running = spawn(process.execPath, [child, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > lines) running.kill('SIGKILL');
  });
  await new Promise((resolve) => running.once('close', resolve));
  return said.split('\n').slice(0, -1);
}

it('killed at any moment, keeps all that was said to be durable, and no half of anything', async () => {
  const directory = createDirectory();
  const random = createRandom(4);
  const left = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const lines = await runAndKill(directory, round, 2 + random.below(400));
    expect(lines[0]).toBe(round === 0 ? 'opened created' : 'opened existing');

    const durable = new Map<string, string>();
    for (const line of lines.slice(1)) {
      const [word = '', name = ''] = line.split(' ');
      durable.set(name, word);
    }
    const store = open(directory);
    expect(store.origin).toBe('existing');
    const found = new Map(store.records().map((entry) => [entry.key.containerId, entry]));
    const cools = new Set(store.cooling().map(({ address }) => address));
    store.close();

    for (const [name, word] of durable) {
      const entry = found.get(name);
      const isCooling = cools.has(name.replace('-', '.'));
      expect(isCooling, `${name} is removed and cools, or neither`).toBe(entry === undefined);
      if (word === 'removed') expect(entry, name).toBeUndefined();
      if (word === 'intent' || word === 'attached') expect(entry, name).toBeDefined();
      if (word === 'attached') expect(entry?.phase, name).toBe('attached');
      if (entry) left.add(name);
    }
    // One change may have been made and not said: the next intent.
    const unsaid = [...found.keys()].filter((name) => !left.has(name));
    expect(unsaid.length).toBeLessThanOrEqual(1);
    for (const name of unsaid) {
      expect(name.startsWith(`${round}-`), name).toBe(true);
      left.add(name);
    }
    for (const [name, entry] of found) {
      const index = Number(name.split('-')[1]);
      const detail = entry.phase === 'attached' ? { index } : expect.objectContaining({ index: 7 });
      expect(entry.detail, name).toEqual(detail);
    }
    for (const name of left) {
      if (!durable.has(name)) expect(found.has(name), `${name} of an earlier round`).toBe(true);
    }
  }
});
