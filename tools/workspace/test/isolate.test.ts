import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, 'fixtures/isolated.ts');
const { VCN_CNI_ISOLATED: _, ...env } = process.env;
const run = (command: string, ...words: string[]) =>
  spawnSync(command, words, { encoding: 'utf8', env });

test('the program runs again, once, with nothing but loopback and an empty /run', () => {
  const { status, stdout, stderr } = run(process.execPath, program, 'a', 'b c');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { words, links, run: found } = JSON.parse(stdout);
  expect(words).toEqual(['a', 'b c']);
  expect(links.trim()).toMatch(/^lo .*LOOPBACK,UP[^\n]*$/);
  expect(found).toEqual([]);
});

test('where no namespace may be made, one line says what to do and the exit code is 2', () => {
  const forbid = ['user', 'net'].map((kind) => `echo 0 >/proc/sys/user/max_${kind}_namespaces`);
  const script = `${forbid.join(';')}; exec "$@"`;
  const words = ['-Ur', 'sh', '-c', script, 'sh', process.execPath, program];
  const { status, stdout, stderr } = run('unshare', ...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^network namespaces cannot be made here \(unshare: .*\); .*\n$/);
  expect(stderr).toContain('sysctl -w user.max_user_namespaces=10000');
});
