import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const npm = `#!/bin/sh
echo "$*" >>"$NPM_CALLS"
[ -z "$NPM_FAILS" ] || { echo 'npm error: away' >&2; exit 1; }
sleep 0.2
mkdir -p node_modules && touch node_modules/.package-lock.json
`;
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'run sh-'));
  mkdirSync(join(root, 'tools/workspace'), { recursive: true });
  mkdirSync(join(root, 'bin'));
  cpSync(join(import.meta.dirname, '../run.sh'), join(root, 'tools/workspace/run.sh'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'bin/npm'), npm);
  chmodSync(join(root, 'bin/npm'), 0o755);
  writeFileSync(
    join(root, 'tell.ts'),
    'console.log(JSON.stringify(process.argv.slice(2)) as string);',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

const run = (words: string[], more: Record<string, string> = {}) =>
  promisify(execFile)('sh', [join(root, 'tools/workspace/run.sh'), ...words], {
    cwd: tmpdir(),
    env: {
      PATH: `${join(root, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
      NPM_CALLS: join(root, 'calls'),
      ...more,
    },
  });
const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');

test('two at once install once; words arrive whole; standard output is the program alone', async () => {
  const words = ['--node-only', 'tell.ts', 'a b', '--json'];
  const both = await Promise.all([run(words), run(words)]);
  expect(both.map(({ stdout }) => stdout)).toEqual(Array(2).fill('["a b","--json"]\n'));
  expect(both.map(({ stderr }) => stderr).join('')).toBe(
    'set-up: installing the npm dependencies into node_modules\n',
  );
  expect(await run(words)).toMatchObject({ stderr: '' });
  expect(calls()).toHaveLength(1);
});

test('an older Node is not used; where npm cannot fetch a newer one, that is said', async () => {
  const node = join(root, 'bin/node');
  writeFileSync(node, '#!/bin/sh\necho v20.20.2\n');
  chmodSync(node, 0o755);
  mkdirSync(join(root, 'tools/workspace/node'));
  for (const name of ['package.json', 'package-lock.json']) {
    writeFileSync(join(root, 'tools/workspace/node', name), '{}');
  }
  const failure = run(['--node-only', 'tell.ts'], { NPM_FAILS: '1' });
  await expect(failure).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/npm error: away\nset-up: Node 24 could not be fetched .*\n$/),
  });
});

test('npm that fails ends the set-up with its words and exit code 2', async () => {
  await expect(run(['--node-only', 'tell.ts'], { NPM_FAILS: '1' })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/npm error: away\nset-up: the npm dependencies .*\n$/),
  });
});
