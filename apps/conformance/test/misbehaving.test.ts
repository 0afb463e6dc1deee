import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { openScratch } from './scratch.ts';

const scratch = openScratch();
afterAll(() => scratch[Symbol.dispose]());
const hints = scratch.file('hints.json', { role: 'interface', deadlineSeconds: 1 });
const versions = '{"cniVersion":"1.0.0","supportedVersions":["1.0.0"]}';
const tried = (name: string, script: string, ...more: string[]) => {
  const bin = scratch.program(name, script);
  const config = scratch.file(`${name}.conf`, { name: 'net', type: name });
  return runCommand([
    ...['plugin', '--bin', bin, '--config', config, '--hints', hints, '--json', ...more],
  ]);
};

/** Processes that have the word in their command line. */
const running = (word: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(word);
    } catch {
      return false;
    }
  });

it('stops a plugin that hangs, reports it, and leaves nothing running', async () => {
  const name = 'hangs';
  const script = `[ "$CNI_COMMAND" = VERSION ] && exec echo '${versions}'\nsleep 4242.17 & sleep 4242.17`;
  const { code, stdout } = await tried(name, script, '--only', 'DEL-06/again');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).cases).toMatchObject([
    { verdict: 'fail', finding: { message: expect.stringContaining('deadline') } },
  ]);
  await expect.poll(() => running('4242.17')).toEqual([]);
});

it('reports a plugin that does not answer VERSION as a failure of that', async () => {
  const { code, stdout } = await tried('mute', 'exec sleep 4242.18');
  expect(code).toBe(1);
  const { cases, plugin } = JSON.parse(stdout);
  expect(plugin.supportedVersions).toEqual([]);
  expect(cases).toMatchObject([
    { id: 'VER-01', verdict: 'fail', finding: { key: 'no-versions' }, level: 'MUST' },
  ]);
  expect(cases[0].finding.message).toContain('stopped after 1 s');
  await expect.poll(() => running('4242.18')).toEqual([]);
});

it('reports a plugin that prints garbage', async () => {
  const script = `[ "$CNI_COMMAND" = VERSION ] && exec echo '${versions}'\nprintf 'a\\033[2J<b>\\377\\n'; echo b; exit 3`;
  const html = scratch.path('garbage.html');
  const { code, stdout } = await tried('garbage', script, '--only', 'ADD-02', '--html', html);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).cases).toMatchObject([{ id: 'ADD-02', verdict: 'fail' }]);
  expect(readFileSync(html, 'utf8')).toContain('# stdout: a\\u{1b}[2J&lt;b&gt;');
});
