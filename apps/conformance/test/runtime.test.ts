import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

const cni = join(import.meta.dirname, '../../../packages/cni-runtime/src/cli/main.ts');
const line = (operation: string) =>
  `"${process.execPath}" --conditions=@vcn-cni/source "${cni}" ${operation} "$NETWORK" "$NETNS"`;

it('tries a runtime by the lines that operate it', async () => {
  const argv = [
    'runtime',
    '--add',
    line('add'),
    '--del',
    line('del'),
    '--only',
    'RUN-01',
    '--json',
  ];
  const { code, stdout, stderr } = await runCommand(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document = JSON.parse(stdout);
  expect(Object.keys(document)).toEqual(['spec', 'runtime', 'cases', 'summary']);
  expect(document.runtime).toEqual({ commands: { add: line('add'), del: line('del') } });
  expect(document.summary).toMatchObject({ fail: 0, flake: 0 });
  expect(document.summary.pass).toBeGreaterThan(0);
});

it('says what to do when a line does no ADD', async () => {
  const lines = ['--add', 'true', '--del', 'true', '--spec', '1.1.0'];
  const { code, stdout, stderr } = await runCommand(['runtime', ...lines]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^cni-conformance: the command for add does no ADD; run it by hand/);
});
