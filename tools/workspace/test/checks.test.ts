import { expect, test } from 'vitest';
import { dependencies } from '../src/checks/dependencies.ts';
import { fileSize } from '../src/checks/file-size.ts';
import { licences } from '../src/checks/licences.ts';
import { lockFiles } from '../src/checks/lock-files.ts';
import { manifests } from '../src/checks/manifests.ts';
import { wording } from '../src/checks/wording.ts';
import { fakeWorkspace } from './fake-workspace.ts';

const locked = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };

test('dependencies: undeclared, unused and inexact ones are named', () => {
  const workspace = fakeWorkspace({
    'package.json': { devDependencies: { vitest: '5.0.0' } },
    'packages/a/package.json': {
      name: '@vcn-cni/a',
      dependencies: { zod: '4.0.0', pino: '^1.0.0' },
    },
    'packages/a/src/index.ts': "import 'zod/mini'; import 'koffi'; import 'node:fs';",
    'packages/a/src/index.test.ts': "import 'vitest'; import '@vcn-cni/a'; import 'left-pad';",
  });
  expect(dependencies.problems(workspace)).toEqual([
    'packages/a/package.json: pino is "^1.0.0"; pin one version',
    'packages/a/src/index.ts: imports koffi, which packages/a/package.json does not declare',
    'packages/a/src/index.test.ts: imports left-pad, which packages/a/package.json does not declare',
    'packages/a/package.json: declares pino, which no file names; remove it',
  ]);
});

test('manifests: what is missing is named', () => {
  const complete = {
    name: '@vcn-cni/a',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=24' },
    files: ['dist', 'src', 'LICENSE', 'NOTICE', 'README.md'],
    exports: {
      '.': { '@vcn-cni/source': './src/index.ts' },
      './package.json': './package.json',
    },
  };
  const files = {
    'packages/a/package.json': complete,
    'packages/a/LICENSE': '',
    'packages/a/NOTICE': '',
    'packages/a/README.md': '',
    'packages/a/src/index.ts': '',
  };
  expect(manifests.problems(fakeWorkspace(files))).toEqual([]);
  const { 'packages/a/LICENSE': _, 'packages/a/src/index.ts': __, ...fewer } = files;
  expect(
    manifests.problems(
      fakeWorkspace({ ...fewer, 'packages/a/package.json': { ...complete, engines: {} } }),
    ),
  ).toEqual([
    'packages/a: has no LICENSE',
    'packages/a/package.json: engines.node must be ">=24"',
    'packages/a/package.json: exports["."] names ./src/index.ts, which does not exist',
  ]);
});

test('lock-files: addresses, missing checksums and stale entries are named', () => {
  const address = `https://${'registry'}.example/a.tgz`;
  const workspace = fakeWorkspace({
    'package.json': { dependencies: { a: '1.0.1' } },
    'package-lock.json': {
      packages: {
        '': { dependencies: { a: '1.0.0' } },
        'node_modules/a': { ...locked, resolved: address },
        'node_modules/b': { version: '1.0.0' },
      },
    },
  });
  expect(lockFiles.problems(workspace)).toEqual([
    'package-lock.json: node_modules/b has no integrity',
    expect.stringContaining('omit-lockfile-registry-resolved'),
    'package-lock.json: dependencies of the root differ; run npm install',
  ]);
});

test('licences: what only tools use may be under more of them', () => {
  const workspace = fakeWorkspace({
    'package-lock.json': {
      packages: {
        '': {},
        'node_modules/a': locked,
        'node_modules/b': { ...locked, license: '(GPL-3.0 OR Apache-2.0)' },
        'node_modules/c': { ...locked, license: 'MPL-2.0', dev: true },
        'node_modules/d': { ...locked, license: 'MPL-2.0' },
        'node_modules/e': { ...locked, license: 'MIT AND GPL-2.0', dev: true },
        'node_modules/f': { version: '1.0.0', integrity: 'sha512-x' },
      },
    },
  });
  expect(licences.problems(workspace)).toEqual([
    'node_modules/d@1.0.0: licence "MPL-2.0"',
    'node_modules/e@1.0.0: licence "MIT AND GPL-2.0"',
    'node_modules/f@1.0.0: licence "none"',
  ]);
});

test('file-size: 400 lines are the limit, also of a test, not of a fixture', () => {
  const workspace = fakeWorkspace({
    'packages/a/src/a.ts': '\n'.repeat(400),
    'packages/a/src/b.test.ts': '\n'.repeat(401),
    'packages/a/fixtures/c.ts': '\n'.repeat(401),
  });
  expect(fileSize.problems(workspace)).toEqual([
    'packages/a/src/b.test.ts: 401 lines; split it, 400 is the limit',
  ]);
});

test('wording: debts, silenced tests and paths of one machine are named', () => {
  const workspace = fakeWorkspace({
    'packages/a/src/a.ts': `// ${'TO'}DO later`,
    'packages/a/src/a.test.ts': `${'it'}.only('x', () => {});`,
    'docs/a.md': `see ${'/ho'}me/ann/notes, not vcn-cni/home/x or /var/lib/work/`,
    'docs/b.md': 'https://example.org/work/x and /opt/cni/bin',
  });
  expect(wording.problems(workspace)).toEqual([
    expect.stringMatching('^packages/a/src/a.ts: "TO.O"'),
    expect.stringMatching(/^packages\/a\/src\/a\.test\.ts: "it\.only\("/),
    expect.stringMatching(/^docs\/a\.md: "\/home\/ann\/"/),
  ]);
});
