import { readdirSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSandbox } from '../src/sandbox/index.ts';

const namespaceCount = (): number => {
  const tasks = readdirSync('/proc/self/task');
  return new Set(tasks.map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`))).size;
};

test('namespaces are separate, have lo up, and are gone after close', async () => {
  const before = readdirSync('/proc/self/fd').length;
  const sandbox = await createSandbox();
  const a = sandbox.namespace('a');
  const b = sandbox.namespace('b');
  expect(sandbox.namespace('a')).toBe(a);
  expect(a.handle.identity).not.toBe(b.handle.identity);
  await a.exec('ip', ['link', 'add', 'name', 'only-a', 'type', 'bridge']);
  expect((await a.exec('ip', ['-br', 'link'])).stdout).toContain('only-a');
  expect((await b.exec('ip', ['-br', 'link'])).stdout).not.toContain('only-a');
  expect((await b.exec('ping', ['-c1', '-W1', '127.0.0.1'])).code).toBe(0);
  expect(await b.exec('sh', ['-c', 'cat >&2; exit 7'], { input: 'x' })).toEqual({
    stdout: '',
    stderr: 'x',
    code: 7,
  });
  const child = b.spawn('sleep', ['100']);
  await sandbox.close();
  expect(child.signalCode).toBe('SIGKILL');
  expect(() => readlinkSync(a.path)).toThrow();
  // One descriptor more than before: the way home, kept for the process.
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before + 1);
  expect(namespaceCount()).toBe(1);
});
