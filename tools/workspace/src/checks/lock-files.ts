import { isDeepStrictEqual } from 'node:util';
import type { LockFile } from '../lock-file.ts';
import type { Manifest } from '../manifest.ts';
import type { Workspace } from '../workspace.ts';
import type { Check } from './check.ts';

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/** Lock files name no registry (anyone's will do), hold a checksum each, and match the manifests. */
export const lockFiles: Check = {
  name: 'lock-files',
  problems: (workspace) => [
    ...workspace.files
      .filter((file) => file.endsWith('package-lock.json'))
      .flatMap((file) => contentProblems(file, workspace.read(file))),
    ...staleEntries(workspace),
  ],
};

function contentProblems(file: string, text: string): string[] {
  const { packages } = JSON.parse(text) as LockFile;
  const wrong = Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.integrity)
    .map(([path]) => `${file}: ${path} has no integrity`);
  const address = /https?:\/\/[^"]*registry[^"/]*|"resolved": "(?:https?|git)[^"]*/.exec(text)?.[0];
  if (address !== undefined) {
    wrong.push(`${file}: ${address}: install with omit-lockfile-registry-resolved, as .npmrc says`);
  }
  return wrong;
}

function staleEntries({ packages, read }: Workspace): string[] {
  const lock = JSON.parse(read('package-lock.json')) as LockFile;
  const root = { folder: '', manifest: JSON.parse(read('package.json')) as Manifest };
  return [root, ...packages].flatMap(({ folder, manifest }) =>
    groups
      .filter(
        (group) => !isDeepStrictEqual(lock.packages[folder]?.[group], sorted(manifest[group])),
      )
      .map(
        (group) => `package-lock.json: ${group} of ${folder || 'the root'} differ; run npm install`,
      ),
  );
}

function sorted(group: Record<string, string> | undefined): Record<string, string> | undefined {
  return group && Object.keys(group).length > 0 ? { ...group } : undefined;
}
