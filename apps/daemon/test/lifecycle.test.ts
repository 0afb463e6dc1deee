import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, requestFrame } from './caller.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { spawnDaemon } from './spawn-daemon.ts';

const served = '"msg":"serving"';

test('of two daemons started at once exactly one serves; the other says who holds the lock', async () => {
  await using directory = await scratchDirectory();
  await using one = spawnDaemon(directory.path);
  await using two = spawnDaemon(directory.path);
  const [loser, winner] = await Promise.race([
    one.ended.then(() => [one, two] as const),
    two.ended.then(() => [two, one] as const),
  ]);
  await winner.said(served);
  expect(await loser.ended).toBe(1);
  expect(loser.lines.join('\n')).toMatch(
    new RegExp(`another vcn-cnid( \\(pid ${winner.child.pid}\\))? holds .*/lock; stop it first`),
  );
  const answer = await call(join(directory.path, 'cni.sock'), requestFrame('ADD', 'c1'));
  expect(answer.exitCode).toBe(0);
});

test('with --wait-lock the second one takes over when the first stops', async () => {
  await using directory = await scratchDirectory();
  await using one = spawnDaemon(directory.path);
  await one.said(served);
  await using two = spawnDaemon(directory.path, '--wait-lock');
  await two.said(`waiting for another vcn-cnid (pid ${one.child.pid}) to stop`);
  expect(two.lines.join()).not.toContain(served);
  one.child.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  await two.said(served);
  expect(await readFile(join(directory.path, 'lock'), 'utf8')).toBe(`${two.child.pid}\n`);
});

test('a daemon that waits for the lock ends when it is told to', async () => {
  await using directory = await scratchDirectory();
  await using one = spawnDaemon(directory.path);
  await one.said(served);
  await using two = spawnDaemon(directory.path, '--wait-lock');
  await two.said('waiting');
  two.child.kill('SIGTERM');
  expect(await two.ended).toBe(0);
});

test('after SIGKILL the next one starts over the stale socket and lock', async () => {
  await using directory = await scratchDirectory();
  await using one = spawnDaemon(directory.path);
  await one.said(served);
  one.child.kill('SIGKILL');
  expect(await one.ended).toBe('SIGKILL');
  await using two = spawnDaemon(directory.path);
  await two.said(served);
  const answer = await call(join(directory.path, 'cni.sock'), requestFrame('ADD', 'c1'));
  expect(answer.exitCode).toBe(0);
});

test('no caller of 30 at a time sees a hand-over', async () => {
  await using directory = await scratchDirectory();
  const path = join(directory.path, 'cni.sock');
  let daemon = spawnDaemon(directory.path);
  await using stack = new AsyncDisposableStack();
  stack.use(daemon);
  await daemon.said(served);

  let sent = 0;
  let over = false;
  const failures: string[] = [];
  const caller = async () => {
    while (!over) {
      const id = `c${sent++}`;
      for (const verb of ['ADD', 'DEL']) {
        const outcome = await call(path, requestFrame(verb, id)).catch((error: Error) => error);
        if (outcome instanceof Error) failures.push(`${verb} ${id}: ${outcome.message}`);
        else if (outcome.exitCode !== 0) failures.push(`${verb} ${id}: ${outcome.stdout}`);
      }
    }
  };
  const callers = Array.from({ length: 30 }, caller);
  for (let round = 0; round < 3; round++) {
    const next = stack.use(spawnDaemon(directory.path, '--wait-lock'));
    await next.said('waiting');
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    await next.said(served);
    const before = sent;
    await expect.poll(() => sent).toBeGreaterThan(before + 60);
    daemon = next;
  }
  over = true;
  await Promise.all(callers);
  expect(failures).toEqual([]);
});
