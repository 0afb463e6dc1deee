import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Manifest } from './manifest.ts';

export interface WorkspacePackage {
  /** Relative to the root, as `packages/netlink`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Its TypeScript files, relative to the root, tests included. */
  readonly sources: readonly string[];
}

export interface Workspace {
  readonly root: string;
  readonly packages: readonly WorkspacePackage[];
  /** Every file that is ours, relative to the root. */
  readonly files: readonly string[];
  read(file: string): string;
}

const notOurs = ['node_modules', 'dist', 'build', '.git', '.node', '.nx', 'coverage'];

/** Reads what the folders hold now, committed or not. */
export function readWorkspace(root: string): Workspace {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const files = globSync('**/*', {
    cwd: root,
    withFileTypes: true,
    exclude: ({ name, parentPath }) =>
      notOurs.includes(name) || (name === 'api' && basename(parentPath) === 'docs'),
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const packages = ['packages', 'apps', 'tools'].flatMap((group) =>
    globSync(`${group}/*`, { cwd: root })
      .filter((folder) => existsSync(join(root, folder, 'package.json')))
      .map((folder) => ({
        folder,
        manifest: JSON.parse(read(`${folder}/package.json`)) as Manifest,
        sources: files.filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.ts')),
      })),
  );
  return { root, packages, files, read };
}
