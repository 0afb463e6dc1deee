import { posix } from 'node:path';
import { importsOf } from '../imports.ts';
import { driverSubpaths, layerOf, sourceKind } from '../source-kind.ts';
import type { Workspace, WorkspacePackage } from '../workspace.ts';
import type { Check } from './check.ts';

/** Which layers a layer may import, besides itself. */
const below: Record<string, readonly string[]> = {
  value: [],
  model: ['value'],
  logic: ['value', 'model'],
  flow: ['value', 'model', 'logic'],
  runtime: ['value', 'model'],
  app: ['value', 'model', 'logic', 'flow', 'runtime'],
};
const pureLayers = ['value', 'model', 'logic', 'flow'];

/** Imports point from app down to value; drivers are named where an application is put together. */
export const layers: Check = { name: 'layers', problems: findProblems };

function findProblems(workspace: Workspace): string[] {
  const byName = new Map(workspace.packages.map((found) => [found.manifest.name, found]));
  return workspace.packages.flatMap((importer) => {
    if (below[layerOf(importer) ?? ''] === undefined) {
      return [`${importer.folder}/package.json: nx.tags needs one layer: ${Object.keys(below)}`];
    }
    return importer.sources.flatMap((file) =>
      importsOf(workspace.read(file)).flatMap((specifier) => {
        const wrong = specifier.startsWith('.')
          ? relativeProblem(file, specifier)
          : packageProblem(importer, file, specifier, byName);
        return wrong === undefined ? [] : [`${file}: imports ${specifier}: ${wrong}`];
      }),
    );
  });
}

function relativeProblem(file: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(file), specifier);
  const folder = file.split('/', 2).join('/');
  const ownConfiguration = file.endsWith('vitest.config.ts') && target === 'vitest.shared.ts';
  if (!target.startsWith(`${folder}/`) && !ownConfiguration) {
    return 'leaves its package; import the package by its name';
  }
  return sourceKind(file) === 'plain' && sourceKind(target) === 'driver'
    ? 'a driver, in a part that is to run without one; let the caller pass it in'
    : undefined;
}

function packageProblem(
  importer: WorkspacePackage,
  file: string,
  specifier: string,
  byName: ReadonlyMap<string, WorkspacePackage>,
): string | undefined {
  const kind = sourceKind(file);
  const layer = layerOf(importer) ?? '';
  if (specifier.startsWith('node:')) {
    return kind === 'plain' && pureLayers.includes(layer)
      ? 'this part is pure; do it in a driver, or let the caller pass it in'
      : undefined;
  }
  const [scope, name, subpath] = specifier.split('/');
  const imported = byName.get(`${scope}/${name}`);
  if (imported === undefined || kind === 'test') return undefined;
  const isDriver = driverSubpaths.some((driver) => driver === subpath);
  if (isDriver && kind !== 'composition') {
    return 'a driver of a package; only apps, tools and tests may name one';
  }
  const target = layerOf(imported) ?? '';
  if (imported === importer || target === layer || below[layer]?.includes(target)) {
    return target === 'app' && !imported.folder.startsWith('tools/') && imported !== importer
      ? 'an application; move what is needed into a package'
      : undefined;
  }
  return `layer ${layer} may not see layer ${target}`;
}
