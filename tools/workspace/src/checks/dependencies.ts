import { isBuiltin } from 'node:module';
import { importsOf } from '../imports.ts';
import type { Manifest } from '../manifest.ts';
import { sourceKind } from '../source-kind.ts';
import type { Workspace, WorkspacePackage } from '../workspace.ts';
import type { Check } from './check.ts';

/** What is imported is declared, what is declared is used, and versions are exact. */
export const dependencies: Check = { name: 'dependencies', problems: findProblems };

function findProblems(workspace: Workspace): string[] {
  const root = JSON.parse(workspace.read('package.json')) as Manifest;
  const ours = new Set(workspace.packages.map(({ manifest }) => manifest.name));
  return [
    ...inexact('package.json', root),
    ...workspace.packages.flatMap((found) => [
      ...inexact(`${found.folder}/package.json`, found.manifest),
      ...undeclared(workspace, found, root, ours),
      ...unused(workspace, found),
    ]),
  ];
}

const runtimeOf = (manifest: Manifest): Record<string, string> => ({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
});

function inexact(file: string, manifest: Manifest): string[] {
  return Object.entries({ ...runtimeOf(manifest), ...manifest.devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${file}: ${name} is "${version}"; pin one version`);
}

function undeclared(
  workspace: Workspace,
  { folder, manifest, sources }: WorkspacePackage,
  root: Manifest,
  ours: ReadonlySet<string>,
): string[] {
  const shipped = { ...runtimeOf(manifest), ...manifest.peerDependencies };
  const forTests = { ...manifest.devDependencies, ...root.devDependencies };
  return sources.flatMap((file) => {
    const onlyHere = sourceKind(file) === 'test' || manifest.private === true;
    return importsOf(workspace.read(file))
      .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
      .map(packageName)
      .filter((name) => name !== manifest.name && !(name in shipped))
      .filter((name) => !onlyHere || !(name in forTests || ours.has(name)))
      .map((name) => `${file}: imports ${name}, which ${folder}/package.json does not declare`);
  });
}

function unused(workspace: Workspace, { folder, manifest, sources }: WorkspacePackage): string[] {
  const text = sources.map((file) => workspace.read(file)).join('\n');
  return Object.keys(runtimeOf(manifest))
    .filter((name) => !text.includes(`'${name}'`) && !text.includes(`'${name}/`))
    .map((name) => `${folder}/package.json: declares ${name}, which no file names; remove it`);
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
