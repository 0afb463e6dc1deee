import type { Manifest } from '../src/manifest.ts';
import type { Workspace } from '../src/workspace.ts';

/** A workspace in memory: a map of file names to texts; manifests may be given as objects. */
export function fakeWorkspace(contents: Record<string, string | object>): Workspace {
  const files = Object.keys(contents);
  const read = (file: string): string => {
    const found = contents[file];
    if (found === undefined) throw new Error(`there is no ${file}`);
    return typeof found === 'string' ? found : JSON.stringify(found);
  };
  const packages = files
    .filter((file) => /^[^/]+\/[^/]+\/package\.json$/.test(file))
    .map((file) => file.slice(0, -'/package.json'.length))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(read(`${folder}/package.json`)) as Manifest,
      sources: files.filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.ts')),
    }));
  return { root: '/nowhere', packages, files, read };
}
