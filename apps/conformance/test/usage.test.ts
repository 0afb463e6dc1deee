import { afterAll, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { openScratch } from './scratch.ts';

const scratch = openScratch();
afterAll(() => scratch[Symbol.dispose]());
const bin = scratch.program('plug', 'exit 1');
const text = scratch.file('text', 'no program');
const config = scratch.file('plug.conf', { name: 'net', type: 'plug' });
const base = ['plugin', '--bin', bin, '--config', config];

it.each([
  [['plugin', '--config', config], "required option '--bin <file>'"],
  [['plugin', '--bin', '/nope', '--config', config], '--bin /nope: no such file; give'],
  [['plugin', '--bin', text, '--config', config], 'may not be executed; chmod +x it'],
  [['plugin', '--bin', bin, '--config', '/nope'], '--config /nope: no such file; give'],
  [['plugin', '--bin', bin, '--config', text], 'no JSON'],
  [[...base, '--cni-path', '/nope'], '--cni-path /nope: no such folder; give'],
  [[...base, '--hints', text], 'no JSON'],
  [[...base, '--role', 'boss'], 'Allowed choices are interface, chained'],
  [[...base, '--only', 'DEL-0'], 'DEL-0: no such case or requirement; `cni-conformance list`'],
  [[...base, '--section', 'Nine'], 'Nine: no such section'],
  [[...base, '--level', 'WILL'], 'expected MUST, SHOULD, MAY'],
  [[...base, '--spec', '2.0.0'], 'Allowed choices are 0.4.0, 1.0.0, 1.1.0'],
  [[...base, '--jobs', '0'], 'expected a number from 1 to 64'],
  [[...base, '--json', '--tap'], '--json and --tap: give one of them'],
  [[...base, '--html', '/nope/a.html'], '/nope/a.html: the folder /nope cannot be written to'],
  [['runtime', '--add', 'true'], "required option '--del <line>'"],
  [['explain', 'DEL-99'], 'DEL-99: no such requirement or case'],
  [['results', '/nope'], 'results /nope: no such file'],
  [['frob'], "unknown command 'frob'"],
])('%j is wrong usage: %s', async (argv, words) => {
  const { code, stdout, stderr } = await runCommand(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
});

it('list, explain and hints print one object with --json', async () => {
  const runs = await Promise.all(
    [['list'], ['explain', 'DEL-01'], ['hints']].map((argv) => runCommand([...argv, '--json'])),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  const [list, explained, hints] = runs.map(({ stdout }) => JSON.parse(stdout));
  expect(list.requirements.length).toBeGreaterThan(10);
  expect(explained).toMatchObject({ id: 'DEL-01', level: 'SHOULD' });
  expect(Object.keys(hints.properties)).toContain('daemon');
});
