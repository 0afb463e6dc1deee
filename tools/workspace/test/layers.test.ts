import { expect, test } from 'vitest';
import { layers } from '../src/checks/layers.ts';
import { fakeWorkspace } from './fake-workspace.ts';

const manifest = (name: string, layer: string) => ({
  name: `@vcn-cni/${name}`,
  nx: { tags: [`layer:${layer}`] },
});
const packages = {
  'packages/spec/package.json': manifest('spec', 'value'),
  'packages/links/package.json': manifest('links', 'model'),
  'packages/pool/package.json': manifest('pool', 'logic'),
  'packages/verbs/package.json': manifest('verbs', 'flow'),
  'packages/runtime/package.json': manifest('runtime', 'runtime'),
  'apps/daemon/package.json': manifest('daemon', 'app'),
  'tools/workspace/package.json': manifest('workspace', 'app'),
};
const problems = (file: string, specifier: string) =>
  layers.problems(fakeWorkspace({ ...packages, [file]: `import '${specifier}';` }));

test.each([
  ['packages/pool/src/index.ts', '@vcn-cni/spec'],
  ['packages/verbs/src/index.ts', '@vcn-cni/pool'],
  ['packages/links/src/driver/open.ts', 'node:fs'],
  ['packages/links/src/driver/open.ts', '../state.ts'],
  ['packages/pool/src/index.test.ts', '@vcn-cni/links/sandbox'],
  ['packages/pool/test/kernel.test.ts', '@vcn-cni/verbs'],
  ['packages/pool/vitest.config.ts', '../../vitest.shared.ts'],
  ['packages/runtime/src/run.ts', 'node:child_process'],
  ['apps/daemon/src/main.ts', '@vcn-cni/links/driver'],
  ['apps/daemon/src/main.ts', '@vcn-cni/workspace/isolate'],
])('%s may import %s', (file, specifier) => {
  expect(problems(file, specifier)).toEqual([]);
});

test.each([
  ['packages/spec/src/index.ts', '@vcn-cni/pool', 'layer value may not see layer logic'],
  ['packages/pool/src/index.ts', '@vcn-cni/verbs', 'layer logic may not see layer flow'],
  ['packages/pool/src/index.ts', '@vcn-cni/runtime', 'layer logic may not see layer runtime'],
  ['packages/verbs/src/index.ts', '@vcn-cni/daemon', 'layer flow may not see layer app'],
  ['packages/verbs/src/index.ts', '@vcn-cni/links/driver', 'only apps, tools and tests'],
  ['packages/links/src/sandbox/index.ts', '@vcn-cni/pool/sqlite', 'only apps, tools and tests'],
  ['packages/links/src/index.ts', './driver/index.ts', 'let the caller pass it in'],
  ['packages/links/src/index.ts', '../../spec/src/index.ts', 'import the package by its name'],
  ['packages/spec/src/index.ts', 'node:crypto', 'this part is pure'],
  ['tools/workspace/src/x.ts', '@vcn-cni/daemon', 'an application'],
])('%s may not import %s', (file, specifier, reason) => {
  expect(problems(file, specifier)).toEqual([
    expect.stringMatching(`^${file}: imports ${specifier}: .*${reason}`),
  ]);
});

test('a package without a layer is named', () => {
  const workspace = fakeWorkspace({ 'packages/x/package.json': { name: '@vcn-cni/x' } });
  expect(layers.problems(workspace)).toEqual([
    expect.stringMatching('packages/x/package.json: nx.tags needs one layer'),
  ]);
});
